using System.Text.Json.Nodes;
using Gateway.Tests.Hosts.Bedrock;
using Gateway.Tests.Providers.Bedrock;
using Gateway.Tests.Schemas;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Messages;

/// <summary>What of Anthropic's API reaches Claude on Bedrock to the letter, and what comes back.</summary>
[Trait("Requirement", "G1.1")]
[Trait("Requirement", "G1.5")]
public sealed class MessagesOnBedrockTests
{
    private static readonly JsonObject Signed = new() { ["reasoningContent"] = new JsonObject { ["reasoningText"] = new JsonObject { ["text"] = "Let me think.", ["signature"] = "c2ln" } } };

    private static readonly JsonObject Redacted = new() { ["reasoningContent"] = new JsonObject { ["redactedContent"] = "eHg=" } };

    [Fact]
    public async Task Thinking_cache_points_and_results_that_are_errors_arrive()
    {
        await using var host = await BedrockGateway.StartAsync(model: Converse.Claude4);

        using var response = await host.PostAsync("/v1/messages", """
            {"model":"m","max_tokens":8000,"thinking":{"type":"enabled","budget_tokens":3000},"metadata":{"user_id":"u"},
             "system":[{"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral"}}],
             "tools":[{"name":"add","input_schema":{"type":"object"},"cache_control":{"type":"ephemeral","ttl":"1h"}}],
             "messages":[{"role":"user","content":"2 and 2?"},
               {"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"c2ln"},{"type":"redacted_thinking","data":"eHg="},{"type":"tool_use","id":"t1","name":"add","input":{"a":2}}]},
               {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"no","is_error":true,"cache_control":{"type":"ephemeral"}}]}]}
            """);

        AnthropicSchemas.ShouldBeMessage(await BodyOf(response));
        host.Bedrock.Last.Body.ShouldBe("""
            {"system":[{"text":"Be brief."},{"cachePoint":{"type":"default"}}],
             "messages":[{"role":"user","content":[{"text":"2 and 2?"}]},
               {"role":"assistant","content":[{"reasoningContent":{"reasoningText":{"text":"hm","signature":"c2ln"}}},{"reasoningContent":{"redactedContent":"eHg="}},{"toolUse":{"toolUseId":"t1","name":"add","input":{"a":2}}}]},
               {"role":"user","content":[{"toolResult":{"toolUseId":"t1","content":[{"text":"no"}],"status":"error"}},{"cachePoint":{"type":"default"}}]}],
             "inferenceConfig":{"maxTokens":8000},
             "toolConfig":{"tools":[{"toolSpec":{"name":"add","inputSchema":{"json":{"type":"object"}}}},{"cachePoint":{"type":"default","ttl":"1h"}}]},
             "additionalModelRequestFields":{"thinking":{"type":"enabled","budget_tokens":3000}}}
            """);
        response.Headers.GetValues("x-gateway-warnings").Single().ShouldBe($"user is not supported by {Converse.Claude4} and was ignored");
    }

    [Theory]
    [InlineData(Converse.Nova2, """{"reasoningConfig":{"type":"enabled","maxReasoningEffort":"medium"}}""")]
    [InlineData(Converse.GptOss, """{"reasoning_effort":"medium"}""")]
    public async Task A_model_that_is_no_Claude_thinks_by_the_effort_that_comes_nearest(string model, string fields)
    {
        await using var host = await BedrockGateway.StartAsync(model: model);

        using var response = await host.PostAsync("/v1/messages", Translated.Request(fields: "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":3000}"));

        AnthropicSchemas.ShouldBeMessage(await BodyOf(response));
        host.Bedrock.Last.Body["additionalModelRequestFields"].ShouldBe(fields);
    }

    [Fact]
    public async Task Signed_and_redacted_thinking_and_tools_come_back_whole_and_streamed()
    {
        const string Content = """
            [{"type":"thinking","thinking":"Let me think.","signature":"c2ln"},{"type":"redacted_thinking","data":"eHg="},{"type":"text","text":"I add."},
             {"type":"tool_use","id":"t1","name":"add.up","input":{"a":"é"}},{"type":"tool_use","id":"t2","name":"now","input":{}}]
            """;
        await using var host = await BedrockGateway.StartAsync(
            exchange => exchange.Verb == "converse"
                ? exchange.ContentAsync(
                    "tool_use", Copy(Signed), Copy(Redacted), BedrockExchange.Text("I add."), BedrockExchange.ToolUse("t1", "add_up", new JsonObject { ["a"] = "é" }), BedrockExchange.ToolUse("t2", "now", []))
                : exchange.StreamAsync(
                [
                    EventFrames.Start, Reasoning("text", "Let me "), Reasoning("text", "think."), Reasoning("signature", "c2ln"), EventFrames.BlockStop(0),
                    EventFrames.Delta(1, new JsonObject { ["reasoningContent"] = new JsonObject { ["redactedContent"] = "eHg=" } }), EventFrames.BlockStop(1),
                    EventFrames.Text("I add.", 2), EventFrames.BlockStop(2),
                    EventFrames.ToolStart(3, "t1", "add_up"), EventFrames.ToolInput(3, "{\"a\""), EventFrames.ToolInput(3, ":\"é\"}"), EventFrames.BlockStop(3),
                    EventFrames.ToolStart(4, "t2", "now"), EventFrames.BlockStop(4), EventFrames.Stop("tool_use"), EventFrames.Metadata(30, 5),
                ]),
            Converse.Claude4);
        const string Tools = "\"tools\":[{\"name\":\"add.up\",\"input_schema\":{}},{\"name\":\"now\",\"input_schema\":{}}]";

        using var reply = await host.PostAsync("/v1/messages", Translated.Request(fields: Tools));
        using var stream = await host.PostAsync("/v1/messages", Translated.Request(fields: $"{Tools},\"stream\":true"));

        var message = AnthropicSchemas.ShouldBeMessage(await BodyOf(reply));
        var streamed = AnthropicStreams.ShouldBeMessage(await BodyOf(stream));
        foreach (var each in new[] { message, streamed })
        {
            each["content"].ShouldBe(Content);
            ((string?)each["stop_reason"]).ShouldBe("tool_use");
            ((string?)each["model"]).ShouldBe(Converse.Claude4);
            each["usage"].ShouldBe("""{"input_tokens":30,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":5}""");
        }
    }

    [Fact]
    public async Task The_stop_sequence_that_was_met_is_named_where_there_is_one_to_meet()
    {
        await using var host = await BedrockGateway.StartAsync(exchange => exchange.Verb == "converse"
            ? exchange.ContentAsync("stop_sequence", BedrockExchange.Text("a"))
            : exchange.StreamAsync([EventFrames.Start, EventFrames.Text("a"), EventFrames.BlockStop(0), EventFrames.Stop("stop_sequence"), EventFrames.Metadata(1, 1)]));

        using var reply = await host.PostAsync("/v1/messages", Translated.Request(fields: "\"stop_sequences\":[\"the \\\"end\\\"\"]"));
        using var stream = await host.PostAsync("/v1/messages", Translated.Request(fields: "\"stop_sequences\":[\"the \\\"end\\\"\"],\"stream\":true"));
        using var several = await host.PostAsync("/v1/messages", Translated.Request(fields: "\"stop_sequences\":[\"a\",\"b\"]"));

        StopOf(AnthropicSchemas.ShouldBeMessage(await BodyOf(reply))).ShouldBe(("stop_sequence", "the \"end\""));
        StopOf(AnthropicStreams.ShouldBeMessage(await BodyOf(stream))).ShouldBe(("stop_sequence", "the \"end\""));
        StopOf(AnthropicSchemas.ShouldBeMessage(await BodyOf(several))).ShouldBe(("end_turn", null));
    }

    [Fact]
    public async Task A_stream_of_Bedrocks_that_breaks_ends_in_an_error()
    {
        await using var host = await BedrockGateway.StartAsync(exchange => exchange.StreamAsync([EventFrames.Start, EventFrames.Text("a"), EventFrames.Exception("modelStreamErrorException", "lost it")]));

        using var response = await host.PostAsync("/v1/messages", Translated.Request(fields: "\"stream\":true"));

        var events = AnthropicStreams.EventsOf(await BodyOf(response));
        events[^1].Name.ShouldBe("error");
        ((string)events[^1].Data["error"]!["message"]!).ShouldContain("lost it");
    }

    private static byte[] Reasoning(string member, string value) =>
        EventFrames.Delta(0, new JsonObject { ["reasoningContent"] = new JsonObject { [member] = value } });

    private static (string?, string?) StopOf(JsonObject message) => ((string?)message["stop_reason"], (string?)message["stop_sequence"]);

    private static JsonObject Copy(JsonObject json) => json.DeepClone().AsObject();

    private static Task<string> BodyOf(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
