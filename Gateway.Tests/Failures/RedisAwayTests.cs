using System.Globalization;
using Gateway.Tests.Accounting;
using Shouldly;
using Xunit;
using RedisClients = Gateway.Tests.Redis.Clients;

namespace Gateway.Tests.Failures;

/// <summary>Redis goes away under load, as a crash does it and as a server that hangs, and comes back.</summary>
[Trait("Suite", "failures")]
public sealed class RedisAwayTests(ITestOutputHelper output)
{
    private const int Callers = 8;
    private const int Between = 200;
    private const string Limited = "limited";
    private const int LimitedAtOnce = 4;

    // Two gateways, the connections and subscriptions of each, and the worker's.
    private const int MostKnocksPerSecond = 60;
    private const int MostConnectionsAfterwards = 40;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("killed")]
    [InlineData("stopped")]
    [Trait("Requirement", "G5.1")]
    public Task No_request_fails_while_Redis_is_away_for_3_s(string how) => AwayAsync(how, TimeSpan.FromSeconds(3));

    [Theory]
    [InlineData("killed")]
    [InlineData("stopped")]
    [Trait("Suite", "long")]
    public Task No_request_fails_while_Redis_is_away_for_30_s(string how) => AwayAsync(how, TimeSpan.FromSeconds(30));

    // 1. Callers under no limit and callers under one, who together have more to ask than it allows.
    // 2. Redis is away; who knocks at its door meanwhile is counted.
    // 3. It is back, and both gateways count there again.
    // 4. The observer judges; the limit held, but for what each process may let through at the change.
    private async Task AwayAsync(string how, TimeSpan away)
    {
        await using var system = await MeteredSystem.StartAsync(Observer.TokensOf, gateways: 2);
        system.Upstream.Pause = (id, piece, cancellationToken) =>
            id.StartsWith(Limited, StringComparison.Ordinal) && piece < 2 ? Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken) : Task.CompletedTask;
        var (_, limitedKey) = await system.CreateKeyAsync(new { name = Limited, tenant = Limited, limits = new { concurrent_requests = LimitedAtOnce } });
        var observer = new Observer(system, output);
        await using var load = new WatchedLoad(system, observer, Callers);
        await using var limited = new WatchedLoad(system, observer, Callers, Limited, limitedKey);
        await load.UntilFinishedAsync(Between, Token);

        var knocks = await (how == "killed" ? KilledAsync() : StoppedAsync());
        foreach (var gateway in system.Gateways)
        {
            await gateway.Process.UntilReadyAsync("\"limits\":\"ok\"");
        }

        await load.UntilFinishedAsync(load.Finished + Between, Token);
        await limited.EndAsync();
        await load.EndAsync();

        await observer.JudgeAsync(Token);
        observer.Refused.ShouldBeGreaterThan(0);
        observer.MostAtOnce(Limited).ShouldBeLessThanOrEqualTo(2 * LimitedAtOnce);
        var connections = await ConnectionsAsync(system);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{knocks:0.0} knocks a second, {connections} connections of the server that came back, at most {observer.MostAtOnce(Limited)} at once."));
        knocks.ShouldBeLessThanOrEqualTo(MostKnocksPerSecond);

        async Task<double> KilledAsync()
        {
            await system.Redis.KillAsync();
            await using var door = DoorKeeper.Start(system.Redis.Port);
            await WhileAwayAsync();
            var knocked = door.Knocks / away.TotalSeconds;
            await door.DisposeAsync();
            await system.Redis.StartAsync();
            return knocked;
        }

        async Task<double> StoppedAsync()
        {
            await system.Redis.StopAsync();
            await WhileAwayAsync();
            await system.Redis.ContinueAsync();
            return 0;
        }

        async Task WhileAwayAsync()
        {
            var back = Task.Delay(away, TimeProvider.System, Token);
            foreach (var gateway in system.Gateways)
            {
                await gateway.Process.UntilReadyAsync("\"limits\":\"degraded\"");
            }

            await load.UntilFinishedAsync(load.Finished + Between, Token);
            await back;
            observer.Faults.ShouldBeEmpty();
        }
    }

    // Since the server was started, or of all its time where it was only stopped: a storm is thousands.
    private static async Task<int> ConnectionsAsync(MeteredSystem system)
    {
        await using var redis = await RedisClients.ConnectAsync(system.Redis.Port);
        var told = (string?)await redis.GetDatabase().ScriptEvaluateAsync("return redis.call('INFO', 'stats')") ?? "";
        var line = told.Split('\n').Single(line => line.StartsWith("total_connections_received:", StringComparison.Ordinal));
        var connections = int.Parse(line.Split(':')[1], CultureInfo.InvariantCulture);
        connections.ShouldBeLessThanOrEqualTo(MostConnectionsAfterwards);
        return connections;
    }
}
