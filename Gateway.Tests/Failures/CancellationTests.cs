using Shouldly;
using Xunit;

namespace Gateway.Tests.Failures;

/// <summary>A caller who leaves takes the upstream's work with it, as the upstream's own socket sees it.</summary>
[Collection(nameof(TwoGatewaysTests))]
[Trait("Suite", "failures")]
public sealed class CancellationTests(TwoGateways gateways)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("whole")]
    [InlineData("stream that has not begun")]
    [InlineData("stream that flows")]
    public async Task The_upstream_is_cancelled_within_a_second_of_the_callers_leaving(string what)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var isAtWork = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelledAt = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        gateways.Script("leave", async exchange =>
        {
            exchange.Context.RequestAborted.Register(() => cancelledAt.TrySetResult(TimeProvider.System.GetTimestamp()));
            if (what == "stream that flows")
            {
                await exchange.BeginStreamAsync(isHeld: false);
            }

            isAtWork.SetResult();
            await exchange.SayNothingAsync();
        });

        var call = gateways.AskAsync("leave", stream: what != "whole", number: 0, leaving.Token);
        await isAtWork.Task.WaitAsync(Token);
        var leftAt = TimeProvider.System.GetTimestamp();
        await leaving.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(call);
        TimeProvider.System.GetElapsedTime(leftAt, await cancelledAt.Task.WaitAsync(Token)).ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }
}
