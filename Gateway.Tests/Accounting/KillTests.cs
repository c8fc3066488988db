using Gateway.Tests.Failures;
using Xunit;

namespace Gateway.Tests.Accounting;

/// <summary>
/// Gateways, cost worker and Redis are killed under load, each at moments of its own: whatever a caller got to the end is in the ledger
/// once, as the upstream counted it, and of the budget that much is spent, to the nano-dollar.
/// </summary>
[Trait("Suite", "failures")]
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
    // 3. The observer judges.
    private async Task KillAtRandomAsync(int requests, int kills)
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}.");
        await using var system = await MeteredSystem.StartAsync(Observer.TokensOf, gateways: 2);
        var observer = new Observer(system, output);
        await using var load = new WatchedLoad(system, observer, Callers);

        Func<Task>[] deaths = [system.Gateways[0].RestartAsync, system.Gateways[1].RestartAsync, system.RestartWorkerAsync, system.RestartRedisAsync];
        await Task.WhenAll(deaths.Select((restartAsync, number) => KillAsync(new Random(seed + number), restartAsync)));
        await load.UntilFinishedAsync(requests, Token);
        await load.EndAsync();

        await observer.JudgeAsync(Token);

        async Task KillAsync(Random random, Func<Task> restartAsync)
        {
            for (var kill = 0; kill < kills; kill++)
            {
                await load.UntilFinishedAsync((requests * kill / kills) + random.Next(1, requests / kills), Token);
                await restartAsync();
            }
        }
    }
}
