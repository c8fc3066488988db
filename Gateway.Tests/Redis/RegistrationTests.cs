using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Shouldly;
using StackExchange.Redis;
using Xunit;

namespace Gateway.Tests.Redis;

public sealed class RegistrationTests(RedisServerFixture server) : IClassFixture<RedisServerFixture>
{
    [Fact]
    public async Task A_client_is_registered_with_health_check_and_tracing()
    {
        var traced = new TaskCompletionSource<Activity>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "OpenTelemetry.Instrumentation.StackExchangeRedis",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.DisplayName == "SET")
                {
                    traced.TrySetResult(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var host = await StartAsync($"127.0.0.1:{server.Port}");
        var redis = host.Services.GetRequiredService<IConnectionMultiplexer>();

        redis.IsConnected.ShouldBeTrue();
        (await redis.GetDatabase().StringSetAsync("registered", 1)).ShouldBeTrue();
        (await traced.Task.WaitAsync(Clients.Soon, TimeProvider.System, Clients.Token)).Kind.ShouldBe(ActivityKind.Client);
        (await CheckAsync(host)).ShouldBe(HealthStatus.Healthy);
        await host.StopAsync(Clients.Token);
    }

    [Fact]
    public async Task A_host_starts_without_Redis_and_says_that_it_is_not_healthy()
    {
        using var host = await StartAsync("127.0.0.1:1,connectRetry=1");

        host.Services.GetRequiredService<IConnectionMultiplexer>().IsConnected.ShouldBeFalse();
        (await CheckAsync(host)).ShouldBe(HealthStatus.Unhealthy);
        await host.StopAsync(Clients.Token);
    }

    [Fact]
    public async Task A_missing_connection_string_is_named()
        => (await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(null))).Message.ShouldContain("ConnectionStrings:redis");

    private static async Task<IHost> StartAsync(string? connectionString)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration["ConnectionStrings:redis"] = connectionString;
        builder.AddRedisClient("redis", configureOptions: options => options.BacklogPolicy = BacklogPolicy.FailFast);
        var host = builder.Build();
        await host.StartAsync(Clients.Token);
        return host;
    }

    private static async Task<HealthStatus> CheckAsync(IHost host)
        => (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Clients.Token)).Entries["StackExchange.Redis"].Status;
}
