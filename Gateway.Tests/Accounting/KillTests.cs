using System.Collections.Concurrent;
using System.Globalization;
using ServiceDefaults.Usage;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Accounting;

/// <summary>
/// Gateway, cost worker and Redis are killed under load, each at moments of its own: whatever a caller got to the end is in the ledger
/// once, as the upstream counted it.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Callers = 16;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "G4.1")]
    public Task Five_thousand_requests_count_once_each_while_everything_is_killed_at_random() => KillAtRandomAsync(requests: 5_000, kills: 3);

    [Fact]
    [Trait("Suite", "long")]
    [Trait("Requirement", "G4.1")]
    public Task A_hundred_thousand_requests_count_once_each_while_everything_is_killed_at_random() => KillAtRandomAsync(requests: 100_000, kills: 25);

    // 1. Callers ask until enough of their requests were answered to the end. One whose gateway dies goes on with the next when it is back.
    // 2. Meanwhile each process dies a few times, at moments that know nothing of those of the others.
    // 3. When all is delivered, the ledger's records are held against the upstream's books, and the report against the records.
    private async Task KillAtRandomAsync(int requests, int kills)
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}.");
        await using var system = await MeteredSystem.StartAsync(TokensOf);
        var finished = new ConcurrentDictionary<string, bool>();
        var faults = new ConcurrentQueue<string>();
        var (sent, done) = (0, 0);

        var load = Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(CallAsync, Token)));
        await Task.WhenAll(
            load,
            KillAsync(new Random(seed), system.RestartGatewayAsync),
            KillAsync(new Random(seed + 1), system.RestartWorkerAsync),
            KillAsync(new Random(seed + 2), system.RestartRedisAsync));
        await system.DeliveredAsync(Token);

        var records = system.Records();
        var report = await system.ReportAsync(records, Token);
        output.WriteLine($"{sent} sent, {finished.Count} finished, {records.Count} records.");
        foreach (var line in system.Log)
        {
            output.WriteLine(line);
        }

        faults.ShouldBeEmpty();
        records.GroupBy(record => record.RequestId).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty();
        var byId = records.ToDictionary(record => record.RequestId);
        finished.Keys.Where(id => !byId.ContainsKey(id)).ShouldBeEmpty();
        finished.Keys.Where(id => byId[id].Tokens != system.Upstream.Counted[id]).ShouldBeEmpty();

        var unfinished = records.Where(record => !finished.ContainsKey(record.RequestId));
        report.ShouldBe(UsageTotal.Of(finished.Keys.Select(id => system.Upstream.Counted[id])) + UsageTotal.Of(unfinished));

        async Task CallAsync()
        {
            using var asker = new Asker(system.Gateway, system.Key);
            while (Volatile.Read(ref done) < requests)
            {
                var number = Interlocked.Increment(ref sent);
                var id = number.ToString(CultureInfo.InvariantCulture);
                var answer = await asker.AskAsync(id, stream: number % 2 == 0, Token);
                if (answer.IsWhole)
                {
                    finished[id] = true;
                    Interlocked.Increment(ref done);
                    continue;
                }

                if (answer.Fault is { } fault)
                {
                    faults.Enqueue(fault);
                }

                await system.GatewayReady;
            }
        }

        async Task KillAsync(Random random, Func<Task> restartAsync)
        {
            using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
            for (var kill = 0; kill < kills; kill++)
            {
                var goal = (requests * kill / kills) + random.Next(1, requests / kills);
                while (Volatile.Read(ref done) < goal && !load.IsCompleted)
                {
                    await tick.WaitForNextTickAsync(Token);
                }

                await restartAsync();
            }
        }
    }

    // No two requests take the same.
    private static UsageTokens TokensOf(string id)
    {
        var number = long.Parse(id, CultureInfo.InvariantCulture);
        return new UsageTokens(Input: number, CachedInput: number % 13, CacheWrite: 0, Output: (number % 211) + 1);
    }
}
