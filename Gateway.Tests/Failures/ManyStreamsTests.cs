using System.Globalization;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Failures;

/// <summary>Streams that say nothing, many at once, and callers who do not read.</summary>
[Collection(nameof(TwoGatewaysTests))]
[Trait("Suite", "failures")]
public sealed class ManyStreamsTests(TwoGateways gateways, ITestOutputHelper output)
{
    private const int OpenedAtOnce = 32;
    private const long Slack = 24 * 1024 * 1024;
    private const long MostPerStream = 64 * 1024;

    private const int FrameBytes = 64 * 1024;
    private const int Frames = 1024;

    private static readonly string Frame = $$"""data: {"id":"c1","choices":[{"index":0,"delta":{"content":"{{new string('a', FrameBytes)}}"},"finish_reason":null}]}""" + "\n\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "G3.3")]
    public Task Three_hundred_idle_streams_take_bounded_memory_and_all_finish() => IdleAsync(300);

    [Fact]
    [Trait("Suite", "long")]
    public Task Two_thousand_idle_streams_take_bounded_memory_and_all_finish() => IdleAsync(2_000);

    // 64 MB are on their way to somebody who has stopped reading: what the gateway does not take, its upstream keeps.
    [Fact]
    public async Task A_slow_reader_slows_its_own_upstream_only()
    {
        var (written, isWritten) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        gateways.Script("slow", async exchange =>
        {
            for (var frame = 0; frame < Frames; frame++)
            {
                await exchange.StreamAsync(Frame);
                Interlocked.Increment(ref written);
            }

            isWritten.SetResult();
            await exchange.StreamAsync(TwoTargets.Stop + TwoTargets.Done);
        });
        var before = await gateways.Processes[0].ResidentBytesAsync();
        using var response = await gateways.OpenAsync("slow", stream: true, number: 0, new TableCall(), Token);

        await UntilStillAsync(() => Volatile.Read(ref written));
        isWritten.Task.IsCompleted.ShouldBeFalse();
        var taken = Volatile.Read(ref written) * (long)FrameBytes;
        var grown = await gateways.Processes[0].ResidentBytesAsync() - before;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{taken / 1048576.0:0.0} MB were taken from the upstream, the gateway grew by {grown / 1048576.0:0.0} MB."));
        grown.ShouldBeLessThan(Slack);
        var beside = await Task.WhenAll(gateways.AskAsync("beside", stream: true, exchange => exchange.AnswerAsync()));
        beside.SelectMany(calls => calls).ShouldAllBe(call => UpstreamTableTests.ContentOf(call) == UpstreamExchange.WholeText);

        var text = await response.Content.ReadAsStringAsync(Token);
        text.Length.ShouldBe((Frames * Frame.Length) + TwoTargets.Stop.Length + TwoTargets.Done.Length);
        text.ShouldEndWith(TwoTargets.Done);
    }

    // Twice: the first time its buffers are made, the second time there are enough of them.
    private async Task IdleAsync(int streams)
    {
        var before = await MemoryAsync();
        var first = await OpenAndFinishAsync(streams) - before;
        var second = await OpenAndFinishAsync(streams) - before;

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The gateways grew by {first / 1048576.0:0.0} MB for {streams} streams, {first / 1024.0 / streams:0} KB each; at the second time it was {second / 1048576.0:0.0} MB."));
        first.ShouldBeLessThan((MostPerStream * streams) + (2 * Slack));
        second.ShouldBeLessThan(first + (2 * Slack));
    }

    // Returns what is in use while all are open.
    private async Task<long> OpenAndFinishAsync(int streams)
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gateways.Script("idle", async exchange =>
        {
            await exchange.StreamAsync(UpstreamExchange.Tokens(1));
            await release.Task.WaitAsync(exchange.Context.RequestAborted);
            await exchange.StreamAsync(TwoTargets.Text + TwoTargets.Stop + TwoTargets.Done);
        });
        var responses = new HttpResponseMessage[streams];
        await Parallel.ForAsync(0, streams, new ParallelOptions { MaxDegreeOfParallelism = OpenedAtOnce, CancellationToken = Token }, async (number, cancellationToken) =>
            responses[number] = await gateways.OpenAsync("idle", stream: true, number, new TableCall(), cancellationToken));
        var during = await MemoryAsync();

        release.SetResult();
        foreach (var response in responses)
        {
            (await response.Content.ReadAsStringAsync(Token)).ShouldBe(UpstreamExchange.Tokens(1) + TwoTargets.Text + TwoTargets.Stop + TwoTargets.Done);
            response.Dispose();
        }

        return during;
    }

    private async Task<long> MemoryAsync() => (await Task.WhenAll(gateways.Processes.Select(gateway => gateway.ResidentBytesAsync()))).Sum();

    private static async Task UntilStillAsync(Func<int> count)
    {
        const int Still = 5;
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        for (var (last, same) = (-1, 0); same < Still;)
        {
            await tick.WaitForNextTickAsync(Token);
            var now = count();
            (last, same) = (now, now == last && now > 0 ? same + 1 : 0);
        }
    }
}
