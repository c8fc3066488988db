using System.Diagnostics.Metrics;
using System.Net;
using Gateway.Api.Configuration;
using Gateway.Api.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Limits;

public sealed class ClientAddressLimitTests
{
    [Fact]
    [Trait("Requirement", "V5.3")]
    [Trait("Requirement", "V5.4")]
    public async Task An_address_that_asks_too_often_gets_429_before_its_key_is_looked_at()
    {
        await using var limited = await StartAsync();
        using var stranger = limited.Gateway.ClientWith("sk-gw-wrong");

        (await StatusesAsync(stranger, 5)).ShouldBe([401, 401, 401, 429, 429]);
        using var refused = await stranger.GetAsync("/v1/models", TestContext.Current.CancellationToken);
        (await refused.CodeAsync()).ShouldBe("rate_limit_exceeded");
        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(50, 64);
        using var health = await limited.Gateway.Http.GetAsync("/health", TestContext.Current.CancellationToken);
        health.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Requirement", "V5.4")]
    public async Task A_forged_header_changes_nothing()
    {
        await using var limited = await StartAsync();
        using var stranger = limited.Gateway.ClientWith("sk-gw-wrong");

        (await StatusesAsync(stranger, 4, number => $"203.0.113.{number}")).ShouldBe([401, 401, 401, 429]);
    }

    [Fact]
    public async Task Behind_a_trusted_proxy_the_last_address_that_is_no_proxy_counts()
    {
        await using var limited = await StartAsync(("Gateway:Access:TrustedProxies:0", "127.0.0.1"), ("Gateway:Access:TrustedProxies:1", "10.0.0.0/8"));
        using var proxy = limited.Gateway.ClientWith("sk-gw-wrong");

        (await StatusesAsync(proxy, 4, number => $"198.51.100.{number}, 203.0.113.1, 10.1.2.3")).ShouldBe([401, 401, 401, 429]);
        (await StatusesAsync(proxy, 4, number => $"203.0.113.{10 + number}")).ShouldBe([401, 401, 401, 401]);
        (await StatusesAsync(proxy, 4, number => $"[2001:db8::{number}]:4711")).ShouldBe([401, 401, 401, 429]);
    }

    [Fact]
    public async Task Requests_of_one_address_do_not_wait_for_each_other()
    {
        using var both = new CountdownEvent(2);
        using var configuration = new LiveConfiguration(
            new ConfigurationBuilder().AddInMemoryCollection([new("Gateway:Limits:RequestsPerMinutePerIp", "10")]).Build(), NullLogger<LiveConfiguration>.Instance);
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var limit = new ClientAddressLimit(
            _ =>
            {
                both.Signal();
                both.Wait(TestContext.Current.CancellationToken);
                return Task.CompletedTask;
            },
            configuration, new ClientAddresses(configuration), new LimitMetrics(services.GetRequiredService<IMeterFactory>()), TimeProvider.System);

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => limit.InvokeAsync(new DefaultHttpContext()))));

        both.IsSet.ShouldBeTrue();
    }

    private static Task<LimitedGateway> StartAsync(params (string Key, string Value)[] settings) => LimitedGateway.StartAsync([("Gateway:Limits:RequestsPerMinutePerIp", "3"), .. settings]);

    private static async Task<int[]> StatusesAsync(HttpClient client, int count, Func<int, string>? forwardedFor = null)
    {
        var statuses = new int[count];
        for (var i = 0; i < count; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
            if (forwardedFor is not null)
            {
                request.Headers.Add("X-Forwarded-For", forwardedFor(i));
            }

            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            statuses[i] = (int)response.StatusCode;
        }

        return statuses;
    }
}
