using System.Diagnostics;
using System.Text.Json.Nodes;
using Cost.Worker.Reports;
using Gateway.Tests.Ledger;
using Gateway.Tests.Redis;
using ServiceDefaults.Usage;
using Shouldly;
using StackExchange.Redis;
using Xunit;

namespace Gateway.Tests.Cost;

/// <summary>The worker's process, killed whenever it hurts: every event that was delivered is in the ledger once.</summary>
public sealed class CrashTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("cost-crash-").FullName;
    private ServerProcess _server = null!;
    private ConnectionMultiplexer _redis = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServers.StartRedisAsync("--appendonly", "yes", "--appendfsync", "always");
        _redis = await Redis.Clients.ConnectAsync(_server.Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public Task Five_thousand_events_while_the_worker_is_killed_at_random_count_once_each() => KillAtRandomAsync(perJournal: 2_500, batchSize: 10, kills: 4, killRedis: false);

    [Fact]
    [Trait("Suite", "long")]
    public Task A_hundred_thousand_events_while_worker_and_Redis_are_killed_at_random_count_once_each() => KillAtRandomAsync(perJournal: 50_000, batchSize: 25, kills: 25, killRedis: true);

    [Fact]
    public async Task A_full_disk_leaves_usage_in_Redis_until_there_is_room()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await using var worker = CostProcess.Start(_data, _server.Port);
        var pusher = new Pusher(_redis, "a", 100, number => At("a", number));
        await pusher.DeliverAsync(500, Token);
        await LimitAsync(await worker.Id, "200000:");
        var delivery = new Pusher(_redis, "b", 100, number => At("b", number)).DeliverAsync(2_000, Token);
        await UntilAsync(() => worker.Lines.Any(line => line.Contains("Usage waits in Redis, because of the ledger", StringComparison.Ordinal)));
        delivery.IsCompleted.ShouldBeFalse();

        await LimitAsync(await worker.Id, "unlimited:");
        await delivery;

        await ShouldTotalAsync(Events.Many("a", 1, 500).Concat(Events.Many("b", 1, 2_000)));
        worker.Lines.Count(line => line.Contains("\"level\":\"error\"", StringComparison.Ordinal)).ShouldBe(1);
    }

    // 1. Two journals are delivered all the while, as gateways do it.
    // 2. The worker dies after a random number of further events were acknowledged, and is started again at once.
    // 3. A second process then adds the ledger up.
    private async Task KillAtRandomAsync(int perJournal, int batchSize, int kills, bool killRedis)
    {
        var pushers = new[] { "a", "b" }.Select(journal => new Pusher(_redis, journal, batchSize, number => At(journal, number))).ToArray();
        var deliveries = Task.WhenAll(pushers.Select(pusher => pusher.DeliverAsync(perJournal, Token)));
        for (var kill = 0; kill < kills; kill++)
        {
            await using (CostProcess.Start(_data, _server.Port))
            {
                var goal = (perJournal * kill / kills) + Random.Shared.Next(1, perJournal / kills);
                await UntilAsync(async () => deliveries.IsCompleted || await KeptAsync(pushers[0]) >= goal);
            }

            if (killRedis && kill % 3 == 0)
            {
                await _server.KillAsync();
                await _server.StartAsync();
            }
        }

        await using (CostProcess.Start(_data, _server.Port))
        {
            await deliveries;
        }

        await ShouldTotalAsync(Events.Many("a", 1, perJournal).Concat(Events.Many("b", 1, perJournal)));
    }

    private static UsageEvent At(string journal, long number) =>
        Events.One(journal, number, TimeProvider.System.GetUtcNow().AddHours(-(number % 30)));

    private async Task ShouldTotalAsync(IEnumerable<UsageEvent> events)
    {
        var months = TimeProvider.System.GetUtcNow() is var now && now.AddHours(-31).Month == now.Month ? [now] : new[] { now.AddHours(-31), now };
        var (requests, input, cost) = (0L, 0L, 0m);
        foreach (var month in months)
        {
            var (exitCode, output, error) = await CostProcess.RunAsync(Token, "report", "--month", month.ToString("yyyy-MM"), "--by", "hour", "--format", "json", "--data", _data);
            exitCode.ShouldBe(0, error);
            var total = JsonNode.Parse(output)!["total"]!;
            requests += (long)total["requests"]!;
            input += (long)total["input_tokens"]!;
            cost += decimal.Parse((string)total["cost_usd"]!);
        }

        var sums = Events.Sum(events);
        (requests, input, cost).ShouldBe(((long)sums.Requests, (long)sums.InputTokens, decimal.Parse(Money.Usd(sums.CostNanoUsd))));
    }

    private static async Task<long> KeptAsync(Pusher pusher)
    {
        try
        {
            return await pusher.KeptAsync();
        }
        catch (Exception failure) when (failure is RedisException or TimeoutException)
        {
            return 0;
        }
    }

    private static async Task LimitAsync(int process, string bytes)
    {
        using var prlimit = Process.Start("prlimit", ["--pid", process.ToString(), $"--fsize={bytes}"]);
        await prlimit.WaitForExitAsync(Token);
        prlimit.ExitCode.ShouldBe(0);
    }

    private static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!await condition())
        {
            await tick.WaitForNextTickAsync(Token);
        }
    }
}
