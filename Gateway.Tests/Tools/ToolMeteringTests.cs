using Gateway.Tests.Redis;
using ServiceDefaults.Usage;
using Shouldly;
using StackExchange.Redis;
using Xunit;

namespace Gateway.Tests.Tools;

/// <summary>Each call of the model is in the ledger for itself, with the tools that were called for its answer.</summary>
[Trait("Requirement", "G2.5")]
public sealed class ToolMeteringTests
{
    private const string Target = "local/microsoft/Phi-3-mini-4k-instruct";

    [Fact]
    public async Task Rounds_are_metered_one_by_one()
    {
        await using var redis = await RedisServers.StartRedisAsync();
        await using var client = await Redis.Clients.ConnectAsync(redis.Port);
        await using var mcp = await ScriptedMcp.SayingAsync("seen");
        await using var chat = await ToolChat.StartAsync(
            mcp.Endpoint,
            [new ModelSays(null, ("products__look", "{}"), ("products__buy", "{}")), new ModelSays("Done.")],
            ("ConnectionStrings:redis", $"127.0.0.1:{redis.Port}"),
            ($"Gateway:Prices:{Target}:Input", "1"),
            ($"Gateway:Prices:{Target}:CachedInput", "0.5"),
            ($"Gateway:Prices:{Target}:Output", "2"));

        using var response = await chat.PostAsync(ToolChat.Body());

        // 60 tokens at 1 USD a million, 40 at 0.5, 10 at 2; twice.
        response.Headers.GetValues("x-gateway-cost-usd").ShouldBe(["0.0002"]);
        var rounds = await EventsAsync(client.GetDatabase(), 2);
        rounds.Select(usage => (usage.Round, usage.Status, usage.CostNanoUsd, usage.Tokens.Total())).ShouldBe(
            [(1, UsageStatus.Ok, 100_000L, 110L), (2, UsageStatus.Ok, 100_000L, 110L)]);
        rounds.Select(usage => usage.RequestId).Distinct().Count().ShouldBe(1);
        rounds[0].ToolCalls.ShouldBe(2);
        rounds[0].Tools!.Select(tool => (tool.Server, tool.Tool, tool.Failed)).ShouldBe([("products", "look", false), (null, null, true)]);
        rounds[0].Tools![0].ResultBytes.ShouldBe(4);
        rounds[0].Tools![0].DurationMicroseconds.ShouldBeGreaterThan(0);
        rounds[1].Tools.ShouldBeNull();
    }

    [Fact]
    public async Task A_search_for_product_data_is_with_the_request_that_it_was_made_for()
    {
        await using var redis = await RedisServers.StartRedisAsync();
        await using var client = await Redis.Clients.ConnectAsync(redis.Port);
        await using var mcp = await ScriptedMcp.SayingAsync("nothing");
        await using var chat = await ToolChat.StartAsync(mcp.Endpoint, [new ModelSays("None.")], ("ConnectionStrings:redis", $"127.0.0.1:{redis.Port}"));

        using var response = await chat.PostAsync("""{"model":"phi-3-mini","messages":[{"role":"user","content":"A keyboard?"}],"product_context":true}""");

        var tool = (await EventsAsync(client.GetDatabase(), 1)).ShouldHaveSingleItem().Tools.ShouldHaveSingleItem();
        (tool.Server, tool.Tool, tool.Failed).ShouldBe(("products", "search_catalog", false));
        tool.ResultBytes.ShouldBeGreaterThan(0);
    }

    private static async Task<IReadOnlyList<UsageEvent>> EventsAsync(IDatabase redis, int count)
    {
        var events = new Dictionary<UsageEventId, UsageEvent>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (events.Count < count && await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            var batch = await redis.ListRightPopAsync(UsageTransport.Waiting);
            foreach (var usage in batch.IsNull ? [] : UsageBatch.Read((byte[])batch!).Events)
            {
                events[usage.Id] = usage;
            }
        }

        return [.. events.Values.OrderBy(usage => usage.Round)];
    }
}
