using Gateway.Tests.Hosts;
using Gateway.Tests.Redis;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Limits;

/// <summary>A gateway that stops tells Redis what its leases have used.</summary>
public sealed class LeaseAtTheEndTests
{
    private const int Callers = 4;
    private const int Answers = 60;

    [Fact]
    [Trait("Requirement", "G5.1")]
    public async Task Nothing_is_owed_or_held_once_a_gateway_has_stopped()
    {
        await using var system = await SharedGateways.StartAsync(await RedisServers.StartRedisAsync(), count: 2, ("Gateway:Limits:LeaseMilliseconds", "500"));
        var (id, secret) = await system.CreateKeyAsync(new { name = "busy", tenant = "busy", limits = new { concurrent_requests = 10_000 }, budget = new { usd = 1_000_000 } });
        await using var load = new CallerLoad([system.Replicas[1].Address], secret, Callers);
        (await load.FaultsAsync(Answers, TestContext.Current.CancellationToken)).ShouldBeEmpty();
        (await load.EndAsync()).ShouldBeEmpty();

        await system.Replicas[1].StopAsync();

        var book = system.Upstream.BookOf("");
        var cost = (book.Prompt * SharedGateways.InputPrice) + (book.Completion * SharedGateways.OutputPrice);
        (await system.SpentAsync(id, cost)).ShouldBe(cost);
        (await system.HeldAsync("busy")).ShouldBe(0);
    }
}
