using Gateway.Tests.Redis;
using Microsoft.Extensions.Logging;
using Shouldly;
using StackExchange.Redis;
using Xunit;

namespace Gateway.Tests.Caching;

/// <summary>What replicas do that share a cache.</summary>
[Trait("Requirement", "G5.3")]
public abstract class SharedCacheConformance(ServerFixture server)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Replicas_find_each_others_answers(bool stream)
    {
        await using var one = await StartAsync(server.Port);
        await using var other = await StartAsync(server.Port);
        var prompt = $"shared {stream}";
        using var first = await one.CallerOfAsync("acme");
        using var second = await other.CallerOfAsync("acme");
        var made = await AskAsync(first, prompt, stream);
        await WrittenAsync("acme", 1);

        (await AskAsync(second, prompt, stream)).ShouldBe(("hit", made.Body));
        (await AskAsync(second, prompt, stream)).ShouldBe(("hit", made.Body));
        other.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task What_was_changed_in_Redis_is_no_answer_and_is_told_once()
    {
        await using var client = await Redis.Clients.ConnectAsync(server.Port);
        await using var system = await StartAsync(server.Port, ("Gateway:Cache:MemoryBytes", "0"));
        using var caller = await system.CallerOfAsync("corrupt");
        await AskAsync(caller, "corrupt");
        var name = await WrittenAsync("corrupt", 1);
        var sound = (byte[])(await client.GetDatabase().StringGetAsync(name))!;
        (await AskAsync(caller, "corrupt")).Cache.ShouldBe("hit");

        foreach (var bad in new[] { sound[..^1], [.. sound, 1], [], [1, 2, 3], Flipped(sound, sound.Length - 5), Flipped(sound, 60), Flipped(sound, 10) })
        {
            await client.GetDatabase().StringSetAsync(name, bad);
            (await AskAsync(caller, "corrupt")).Cache.ShouldBe("miss");
        }

        system.Gateway.Log.Lines.Count(line => line.Level == LogLevel.Warning && line.Message.Contains("is no answer", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_under_another_tenants_key_is_none()
    {
        await using var client = await Redis.Clients.ConnectAsync(server.Port);
        await using var system = await StartAsync(server.Port, ("Gateway:Cache:MemoryBytes", "0"));
        using var victim = await system.CallerOfAsync("victim");
        using var thief = await system.CallerOfAsync("thief");
        var theirs = await AskAsync(victim, "secret");
        var from = await WrittenAsync("victim", 1);
        await AskAsync(thief, "secret");
        var to = await WrittenAsync("thief", 1);

        await client.GetDatabase().StringSetAsync(to, await client.GetDatabase().StringGetAsync(from));
        (await AskAsync(thief, "secret")).Body.ShouldNotBe(theirs.Body);
    }

    [Fact]
    public async Task Without_Redis_the_cache_is_memory()
    {
        await using var other = await server.StartAsync();
        await using var system = await StartAsync(other.Port);
        using var caller = await system.CallerOfAsync("acme");
        await AskAsync(caller, "before");
        await other.KillAsync();

        (await AskAsync(caller, "before")).Cache.ShouldBe("hit");
        (await AskAsync(caller, "after")).Cache.ShouldBe("miss");
        (await AskAsync(caller, "after")).Cache.ShouldBe("hit");
    }

    private static Task<CachedGateway> StartAsync(int port, params (string Key, string Value)[] settings) =>
        CachedGateway.StartAsync([("ConnectionStrings:redis", $"127.0.0.1:{port}"), .. settings]);

    private static async Task<(string Cache, string Body)> AskAsync(HttpClient caller, string prompt, bool stream = false) =>
        await CachedGateway.ReadAsync(await CachedGateway.PostAsync(caller, "/v1/chat/completions", CachedGateway.Chat(prompt, stream)));

    private static byte[] Flipped(byte[] value, int at)
    {
        var flipped = value.ToArray();
        flipped[at] ^= 1;
        return flipped;
    }

    // Nobody waits for what is written to Redis.
    private async Task<RedisKey> WrittenAsync(string tenant, int count)
    {
        await using var client = await Redis.Clients.ConnectAsync(server.Port);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (true)
        {
            var names = (RedisResult[])(await client.GetDatabase().ScriptEvaluateAsync("return redis.call('KEYS', ARGV[1])", [], [$"gateway:cache:{{{tenant}}}:*"]))!;
            if (names.Length >= count)
            {
                return (string)names[0]!;
            }

            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
