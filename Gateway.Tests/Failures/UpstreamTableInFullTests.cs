using System.Net;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Failures;

/// <summary>The rows of the table that take long, at the times of the table and with the time-outs that ship.</summary>
[Collection(nameof(TwoGatewaysTests))]
[Trait("Suite", "failures")]
[Trait("Suite", "long")]
public sealed class UpstreamTableInFullTests(TwoGateways gateways)
{
    [Fact]
    [Trait("Requirement", "G1.2")]
    public async Task Silence_is_answered_by_the_next_target_well_inside_30_s()
    {
        var streamed = gateways.AskAsync("silent-in-full", stream: true, exchange => exchange.SayNothingAsync());
        var whole = gateways.AskAsync("silent-in-full", stream: false, exchange => exchange.SayNothingAsync());

        (await streamed).ShouldAllBe(call => call.Target == "second/silent-in-full" && call.AtFirst.Count == 1 && call.Took < TimeSpan.FromSeconds(15));
        (await whole).ShouldAllBe(call => call.Target == "second/silent-in-full" && call.AtFirst.Count == 1 && call.Took < TimeSpan.FromSeconds(25));
    }

    [Fact]
    [Trait("Requirement", "G1.2")]
    public async Task A_first_token_after_20_s_is_answered_in_under_15_s_by_the_next_target()
    {
        var calls = await gateways.AskAsync("late-in-full", stream: true, async exchange =>
        {
            await Task.Delay(TimeSpan.FromSeconds(20), TimeProvider.System, exchange.Context.RequestAborted);
            await exchange.AnswerAsync();
        });

        calls.ShouldAllBe(call => call.Status == HttpStatusCode.OK && call.Target == "second/late-in-full" && call.Took < TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_stream_that_stalls_for_30_s_is_an_error_frame_or_in_safe_mode_the_complete_text()
    {
        var plain = gateways.AskAsync("broken-in-full", stream: true, exchange => StallAsync(exchange, isHeld: false));
        var safe = gateways.AskAsync("broken-safe-in-full", stream: true, exchange => StallAsync(exchange, isHeld: true));

        foreach (var call in await plain)
        {
            UpstreamTableTests.ShouldBeBroken(call, "first/broken-in-full");
        }

        (await safe).ShouldAllBe(call => call.Target == "second/broken-safe-in-full" && UpstreamTableTests.ContentOf(call) == UpstreamExchange.WholeText);
    }

    private static async Task StallAsync(UpstreamExchange exchange, bool isHeld)
    {
        await exchange.BeginStreamAsync(isHeld);
        await Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System, exchange.Context.RequestAborted);
        await exchange.StreamAsync(TwoTargets.Stop + TwoTargets.Done);
    }
}
