using System.Net;
using Gateway.Tests.Hosts;
using Gateway.Tests.Redis;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Limits;

/// <summary>Redis goes and comes back while replicas are under load.</summary>
public sealed class RedisOutageTests
{
    private const int CallersEach = 3;
    private const int AnswersEach = 30;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "G5.1")]
    public async Task No_request_fails_and_the_books_are_right_afterwards()
    {
        await using var system = await SharedGateways.StartAsync(await RedisServers.StartRedisAsync("--appendonly", "yes", "--appendfsync", "always"), count: 2);
        var (id, secret) = await system.CreateKeyAsync(new { name = "busy", tenant = "busy", limits = new { concurrent_requests = 1000 }, budget = new { usd = 1000 } });
        await using var load = new CallerLoad([.. system.Replicas.Select(replica => replica.Address)], secret, CallersEach);

        (await load.FaultsAsync(AnswersEach, Token)).ShouldBeEmpty();
        await system.Redis.KillAsync();
        (await load.FaultsAsync(AnswersEach, Token)).ShouldBeEmpty();
        await ReadyAsync(system.Replicas[0], "\"limits\":\"degraded\"");
        await system.Redis.StartAsync();
        await ReadyAsync(system.Replicas[0], "\"limits\":\"ok\"");
        (await load.FaultsAsync(AnswersEach, Token)).ShouldBeEmpty();
        (await load.EndAsync()).ShouldBeEmpty();

        var book = system.Upstream.BookOf("");
        var cost = (book.Prompt * SharedGateways.InputPrice) + (book.Completion * SharedGateways.OutputPrice);
        foreach (var replica in system.Replicas)
        {
            await ReadyAsync(replica, "\"limits\":\"ok\"");
            replica.Log.Lines.Count(line => line.Message.StartsWith("Limits cannot be looked up in Redis", StringComparison.Ordinal)).ShouldBe(1);
        }

        (await system.SpentAsync(id, cost)).ShouldBe(cost);
        (await system.HeldAsync("busy")).ShouldBe(0);
    }

    [Fact]
    public async Task Budgets_may_refuse_while_they_cannot_be_looked_up()
    {
        await using var system = await SharedGateways.StartAsync(await RedisServers.StartRedisAsync(), count: 1, ("Gateway:Budgets:WhenUnavailable", "Refuse"));
        var (_, poor) = await system.CreateKeyAsync(new { name = "poor", budget = new { usd = 1 } });
        var (_, limited) = await system.CreateKeyAsync(new { name = "limited", limits = new { requests_per_minute = 2 } });
        using var poorCaller = system.Replicas[0].ClientWith(poor);
        using var limitedCaller = system.Replicas[0].ClientWith(limited);
        (await LimitedGateway.StatusAsync(poorCaller)).ShouldBe((200, null));

        await system.Redis.KillAsync();

        using var refused = await LimitedGateway.AskAsync(poorCaller);
        (refused.StatusCode, await refused.CodeAsync(), refused.Headers.RetryAfter!.Delta).ShouldBe((HttpStatusCode.ServiceUnavailable, "state_unavailable", TimeSpan.FromSeconds(5)));
        (await LimitedGateway.StatusAsync(limitedCaller)).ShouldBe((200, null));
        (await LimitedGateway.StatusAsync(limitedCaller)).ShouldBe((200, null));
        (await LimitedGateway.StatusAsync(limitedCaller)).ShouldBe((429, "rate_limit_exceeded"));
    }

    private static async Task ReadyAsync(GatewayHost gateway, string part)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!(await gateway.Http.GetStringAsync("/health/ready", Token)).Contains(part, StringComparison.Ordinal))
        {
            await tick.WaitForNextTickAsync(Token);
        }
    }
}
