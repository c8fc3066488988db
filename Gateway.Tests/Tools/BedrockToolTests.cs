using System.Text.Json.Nodes;
using Gateway.Tests.Hosts.Bedrock;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Tools;

/// <summary>The same on Bedrock, which refuses a conversation that is not in order.</summary>
[Trait("Requirement", "G2.5")]
public sealed class BedrockToolTests
{
    private const string Fields = $"\"tools\":[{ToolChat.Products}]";

    [Fact]
    public async Task A_tool_is_called_and_its_result_answered()
    {
        await using var mcp = await ScriptedMcp.SayingAsync("A keyboard.");
        await using var bedrock = await BedrockGateway.StartAsync(
            exchange => IsFirst(exchange)
                ? exchange.ContentAsync("tool_use", BedrockExchange.Text("I look."), BedrockExchange.ToolUse("t1", "products__look", []), BedrockExchange.ToolUse("t2", "products__look", []))
                : exchange.ContentAsync("end_turn", BedrockExchange.Text(ResultOf(exchange))),
            settings: ("Gateway:McpServers:products:Url", mcp.Endpoint.AbsoluteUri));

        using var response = await bedrock.ChatAsync(Fields);

        var reply = await BedrockGateway.JsonOf(response);
        ((string?)reply["choices"]![0]!["message"]!["content"]).ShouldBe("I look.\n\nA keyboard.");
        ((int)reply["usage"]!["total_tokens"]!).ShouldBe(70);
    }

    [Fact]
    public async Task A_stream_goes_on_over_its_rounds_and_gives_thinking_back()
    {
        await using var mcp = await ScriptedMcp.SayingAsync("A keyboard.");
        JsonNode? second = null;
        await using var bedrock = await BedrockGateway.StartAsync(
            exchange =>
            {
                if (IsFirst(exchange))
                {
                    return exchange.StreamAsync(
                    [
                        EventFrames.Start, Reasoning("text", "Let me "), Reasoning("text", "think."), Reasoning("signature", "c2ln"), EventFrames.BlockStop(0),
                        EventFrames.ToolStart(1, "t1", "products__look"), EventFrames.ToolInput(1, "{}"), EventFrames.BlockStop(1), EventFrames.Stop("tool_use"), EventFrames.Metadata(30, 5),
                    ]);
                }

                second = exchange.Body;
                return exchange.StreamAsync(EventFrames.Answer(ResultOf(exchange)));
            },
            "anthropic.claude-sonnet-4-5-20250929-v1:0",
            ("Gateway:McpServers:products:Url", mcp.Endpoint.AbsoluteUri));

        var frames = await bedrock.StreamAsync($"{Fields},\"reasoning_effort\":\"low\",\"max_tokens\":4000");

        string.Concat(frames).ShouldContain("A keyboard.");
        frames[^1].ShouldBe("[DONE]");
        second!["messages"]![1]!["content"]![0]!["reasoningContent"]!["reasoningText"]!.ToJsonString().ShouldBe("""{"text":"Let me think.","signature":"c2ln"}""");
    }

    private static byte[] Reasoning(string field, string value) => EventFrames.Delta(0, new JsonObject { ["reasoningContent"] = new JsonObject { [field] = value } });

    private static bool IsFirst(BedrockExchange exchange) => exchange.Body["messages"]!.AsArray().Count == 1;

    private static string ResultOf(BedrockExchange exchange) =>
        (string)exchange.Body["messages"]!.AsArray()[^1]!["content"]![0]!["toolResult"]!["content"]![0]!["text"]!;
}
