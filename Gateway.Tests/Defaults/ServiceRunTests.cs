using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServiceDefaults;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Defaults;

public sealed class ServiceRunTests
{
    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task A_fault_of_the_service_itself_is_no_orderly_end(bool fails, int exitCode)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IHostedService>(services => new Ending(fails, services.GetRequiredService<IHostApplicationLifetime>()));

        (await builder.Build().RunToExitCodeAsync()).ShouldBe(exitCode);
    }

    private sealed class Ending(bool fails, IHostApplicationLifetime lifetime) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lifetime.ApplicationStarted.Register(started.SetResult);
            await started.Task;
            if (fails)
            {
                throw new InvalidOperationException("A bug.");
            }

            lifetime.StopApplication();
        }
    }
}
