using Gateway.Tests.Accounting;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Failures;

/// <summary>A gateway is killed with streams under way: what it held is nobody's, and expires.</summary>
[Trait("Suite", "failures")]
public sealed class KilledGatewayTests(ITestOutputHelper output)
{
    private const int Places = 3;
    private const string Held = "held";

    // A hold is looked after a second after it has expired, and asked about now and then.
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(MeteredSystem.HoldSeconds + 3);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "G5.1")]
    public async Task Its_holds_keep_others_out_until_they_expire_and_cost_nothing()
    {
        await using var system = await MeteredSystem.StartAsync(Observer.TokensOf, gateways: 2);
        var observer = new Observer(system, output);
        var underWay = 0;
        var allAreUnderWay = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        system.Upstream.Pause = async (id, _, cancellationToken) =>
        {
            if (id.StartsWith(Held, StringComparison.Ordinal))
            {
                if (Interlocked.Increment(ref underWay) == Places)
                {
                    allAreUnderWay.SetResult();
                }

                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }
        };
        var (_, key) = await system.CreateKeyAsync(new { name = "narrow", tenant = "acme", limits = new { concurrent_requests = Places }, budget = new { usd = 10, period = "month" } });
        using var dying = new Asker(system.Gateways[0].Process.Address, key);
        using var other = new Asker(system.Gateways[1].Process.Address, key);
        var streams = Enumerable.Range(0, Places).Select(async _ =>
        {
            var id = observer.NextId(Held);
            observer.Saw(id, await dying.AskAsync(id, stream: true, Token));
        }).ToList();
        await allAreUnderWay.Task.WaitAsync(Token);

        var killedAt = TimeProvider.System.GetTimestamp();
        var restarted = system.Gateways[0].RestartAsync();
        await Task.WhenAll(streams);
        (await IsAnsweredAsync("kept-out")).ShouldBeFalse();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await IsAnsweredAsync("next"))
        {
            await tick.WaitForNextTickAsync(Token);
        }

        TimeProvider.System.GetElapsedTime(killedAt).ShouldBeLessThan(LongestHold);
        await restarted;
        await observer.JudgeAsync(Token);
        observer.MostAtOnce(Held).ShouldBe(Places);

        async Task<bool> IsAnsweredAsync(string prefix)
        {
            var id = observer.NextId(prefix);
            var answer = await other.AskAsync(id, stream: false, Token);
            observer.Saw(id, answer, mayBeRefused: true);
            return answer.IsWhole;
        }
    }
}
