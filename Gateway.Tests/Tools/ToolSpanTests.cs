using System.Diagnostics;
using Gateway.Tests.Telemetry;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Tools;

[Trait("Requirement", "G4.2")]
public sealed class ToolSpanTests
{
    [Fact]
    public async Task Each_round_is_a_span_and_so_is_each_call_of_a_tool_beside_it()
    {
        using var spans = new SpanRecorder(servers: 1, "Microsoft.AspNetCore", "Gateway.Api");
        await using var shop = await ScriptedMcp.SayingAsync("Nothing.");
        await using (var chat = await ToolChat.StartAsync(shop.Endpoint, [new("Let me look.", ("products__look", "{}")), new("Nothing there.")]))
        {
            chat.Caller.DefaultRequestHeaders.Add("traceparent", spans.TraceParent);
            await chat.ChatAsync();
        }

        const string Round = "chat microsoft/Phi-3-mini-4k-instruct";
        string[] below = ["admission", Round, $"{Round} > attempt", "execute_tool look", Round, $"{Round} > attempt"];
        spans.Paths.ShouldBe([SpanRecorder.Served, .. below.Select(path => $"{SpanRecorder.Served} > {path}")]);
        var (rounds, call) = (spans.Spans.Where(span => span.DisplayName == Round).ToList(), spans.Spans.Single(span => span.OperationName.StartsWith("execute_tool", StringComparison.Ordinal)));
        EndOf(rounds[0]).ShouldBeLessThanOrEqualTo(call.StartTimeUtc);
        EndOf(call).ShouldBeLessThanOrEqualTo(rounds[1].StartTimeUtc);
        rounds.ShouldAllBe(round => (long)round.GetTagItem("gen_ai.usage.output_tokens")! > 0);
    }

    private static DateTime EndOf(Activity span) => span.StartTimeUtc + span.Duration;
}
