using System.Net;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Hosting;

public sealed class TestingBuilderTests
{
    [Fact]
    public async Task AppHosts_run_side_by_side_from_their_own_entry_point()
    {
        var apps = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => StartAppHostAsync()));
        await using var one = apps[0];
        await using var other = apps[1];

        await Task.WhenAll(apps.Select(app => app.ResourceNotifications.WaitForResourceHealthyAsync("gateway", TestHost.Token)));

        apps.Select(app => app.GetEndpoint("gateway", "http").Port).Distinct().Count().ShouldBe(2);
        foreach (var app in apps)
        {
            using var client = app.CreateHttpClient("gateway");
            (await client.GetAsync(new Uri("/nothing-here", UriKind.Relative), TestHost.Token)).StatusCode
                .ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task What_does_not_exist_or_has_not_started_is_refused()
    {
        await using var builder = TestHost.CreateBuilder();
        builder.AddLocalModel("model");
        await using var app = await builder.BuildAsync(TestHost.Token);

        Should.Throw<InvalidOperationException>(() => app.GetEndpoint("model"));
        Should.Throw<ArgumentException>(() => app.GetEndpoint("nobody"));
        Should.Throw<ArgumentException>(() => app.GetEndpoint("model", "ftp"));
        await Should.ThrowAsync<ArgumentException>(() => app.GetConnectionStringAsync("model", TestHost.Token).AsTask());
    }

    [Fact]
    public async Task Resources_write_to_the_logging_of_the_application()
    {
        using var lines = new LineProvider();
        await using var builder = TestHost.CreateBuilder();
        builder.Services.AddLogging(logging => logging.AddProvider(lines));
        builder.AddShell("talker", "echo out; echo err >&2");
        await using var app = await builder.StartAsync();

        await app.StateAsync("talker", KnownResourceStates.Finished);

        lines.Written.Where(line => line.Category == "AppHost.Resources.talker").Select(line => (line.Level, line.Text))
            .ShouldBe([(LogLevel.Information, "out"), (LogLevel.Error, "err")], ignoreOrder: true);
    }

    [Fact]
    public async Task An_AppHost_that_is_built_but_never_started_ends()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(TestHost.Token);
        await using var app = await builder.BuildAsync(TestHost.Token);

        app.Services.GetRequiredService<DistributedApplicationModel>().Resources.TryGetByName("gateway", out _).ShouldBeTrue();
    }

    private static async Task<DistributedApplication> StartAppHostAsync()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(TestHost.Token);
        builder.Services.AddLogging(logging => logging.ClearProviders());
        return await builder.StartAsync();
    }
}
