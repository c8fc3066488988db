using System.Threading.Channels;
using Gateway.Api.Routing;
using Gateway.Tests.Limits;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Routing;

public sealed class TargetQueueTests
{
    private const int Longest = 100;

    private static readonly TimeSpan Patient = TimeSpan.FromMinutes(1);

    private readonly TargetQueue _queue = new(TimeProvider.System);
    private readonly Channel<string> _entered = Channel.CreateUnbounded<string>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tenants_take_turns_and_higher_tiers_go_first()
    {
        (await EnterAsync("first")).ShouldBeTrue();
        var waiting = new[] { ("many", 0), ("many", 0), ("many", 0), ("one", 0), ("gold", 5) }.Select(who => NoteAsync(who.Item1, who.Item2)).ToArray();

        var entered = new List<string>();
        foreach (var _ in waiting)
        {
            _queue.Leave();
            entered.Add(await _entered.Reader.ReadAsync(Token));
        }

        entered.ShouldBe(["gold", "many", "one", "many", "many"]);
    }

    [Fact]
    public async Task Who_has_waited_long_enough_leaves_and_takes_no_place()
    {
        await EnterAsync("first");
        (await _queue.EnterAsync(1, "late", 0, TimeSpan.FromMilliseconds(1), Longest, Token)).ShouldBeFalse();
        using var leaving = new CancellationTokenSource();
        var left = _queue.EnterAsync(1, "left", 0, Patient, Longest, leaving.Token).AsTask();
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => left);
        (await _queue.EnterAsync(1, "too many", 0, Patient, longest: 0, Token)).ShouldBeFalse();
        _queue.Waiting.ShouldBe(0);

        var next = EnterAsync("next");
        _queue.Leave();
        (await next).ShouldBeTrue();
    }

    [Fact]
    public async Task A_target_that_is_full_is_waited_for()
    {
        await using var limited = await LimitedGateway.StartAsync(("Gateway:Models:phi-3-mini:Targets:0:MaxConcurrency", "1"), ("Gateway:Limits:QueueSeconds", "60"));
        using var caller = await limited.CallerAsync(new { name = "k" });
        var answers = Enumerable.Range(0, 5).Select(_ => LimitedGateway.StatusAsync(caller)).ToList();
        (await Task.WhenAll(answers)).ShouldAllBe(answer => answer.Status == 200);
        limited.Upstream.BookOf("").MostAtOnce.ShouldBe(1);
    }

    [Fact]
    public async Task A_target_that_stays_full_is_503_with_when_to_come_again()
    {
        await using var limited = await LimitedGateway.StartAsync(("Gateway:Models:phi-3-mini:Targets:0:MaxConcurrency", "1"), ("Gateway:Limits:QueueSeconds", "0.05"));
        using var caller = await limited.CallerAsync(new { name = "k" });
        var (arrived, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        limited.Upstream.Pause = () =>
        {
            arrived.TrySetResult();
            return released.Task;
        };
        var first = LimitedGateway.StatusAsync(caller);
        await arrived.Task.WaitAsync(Token);

        using var refused = await LimitedGateway.AskAsync(caller);

        ((int)refused.StatusCode, await refused.CodeAsync(), refused.Headers.RetryAfter!.Delta).ShouldBe((503, "no_target_available", TimeSpan.FromSeconds(1)));
        released.SetResult();
        (await first).Status.ShouldBe(200);
    }

    private async Task<bool> EnterAsync(string tenant, int priority = 0) => await _queue.EnterAsync(1, tenant, priority, Patient, Longest, Token);

    private async Task NoteAsync(string tenant, int priority)
    {
        await EnterAsync(tenant, priority);
        _entered.Writer.TryWrite(tenant);
    }
}
