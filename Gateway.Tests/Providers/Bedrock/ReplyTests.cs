using System.Text.Json.Nodes;
using Gateway.Tests.Hosts.Bedrock;
using Gateway.Tests.Schemas;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Providers.Bedrock;

/// <summary>bedrock.md, section 6.</summary>
[Trait("Requirement", "B1.3")]
[Trait("Requirement", "B4.4")]
public sealed class ReplyTests
{
    private const string Tools = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"add.up\"}}]";

    [Fact]
    [Trait("Requirement", "B6.6")]
    public async Task S6_1_All_text_is_joined_and_stays_beside_calls()
    {
        var reply = await AskAsync(
            BedrockExchange.Reply("tool_use", BedrockExchange.Text("I \"look\". "), BedrockExchange.Text("Wait.\n"), BedrockExchange.ToolUse("t1", "add_up", new JsonObject { ["a"] = 1 })), Tools);

        OpenAISchemas.ShouldBeChatCompletion(reply.ToJsonString());
        var choice = reply["choices"]![0]!;
        choice["message"].ShouldBe("""
            {"role":"assistant","content":"I \"look\". Wait.\n","refusal":null,"tool_calls":[{"id":"t1","type":"function","function":{"name":"add.up","arguments":"{\"a\":1}"}}]}
            """);
        ((string?)choice["finish_reason"]).ShouldBe("tool_calls");
        ((string?)reply["model"]).ShouldBe("some.model-v1:0");
    }

    [Fact]
    public async Task S6_1_Content_is_null_where_there_are_only_calls() =>
        (await AskAsync(BedrockExchange.Reply("tool_use", BedrockExchange.ToolUse("t1", "add_up", [])), Tools))["choices"]![0]!["message"]!["content"].ShouldBeNull();

    [Theory]
    [InlineData("end_turn", "stop")]
    [InlineData("stop_sequence", "stop")]
    [InlineData("max_tokens", "length")]
    [InlineData("model_context_window_exceeded", "length")]
    [InlineData("content_filtered", "content_filter")]
    [InlineData("guardrail_intervened", "content_filter")]
    [InlineData("tool_use", "stop")]
    public async Task S6_2_A_stop_reason_is_told_in_OpenAIs_words(string stopReason, string finishReason) =>
        ((string?)(await AskAsync(BedrockExchange.Reply(stopReason, BedrockExchange.Text("x"))))["choices"]![0]!["finish_reason"]).ShouldBe(finishReason);

    [Fact]
    public async Task S6_2_An_unknown_stop_reason_is_stop_and_a_log_line()
    {
        await using var gateway = await BedrockGateway.StartAsync(exchange => exchange.ContentAsync("bored", BedrockExchange.Text("x")));

        using var response = await gateway.ChatAsync();

        ((string?)(await BedrockGateway.JsonOf(response))["choices"]![0]!["finish_reason"]).ShouldBe("stop");
        gateway.Gateway.Log.Lines.ShouldContain(line => line.Message.Contains("'bored'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task S6_3_The_prompt_is_all_that_was_read_from_a_cache_or_not()
    {
        var reply = BedrockExchange.Reply("end_turn", BedrockExchange.Text("x"));
        reply["usage"]!["cacheReadInputTokens"] = 100;
        reply["usage"]!["cacheWriteInputTokens"] = 20;

        (await AskAsync(reply))["usage"].ShouldBe("""{"prompt_tokens":150,"completion_tokens":5,"total_tokens":155,"prompt_tokens_details":{"cached_tokens":100,"cache_write_tokens":20}}""");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"stopReason":"end_turn","usage":{}}""")]
    [InlineData("""{"output":{"message":null}}""")]
    [InlineData("<html>")]
    [InlineData("")]
    [InlineData("7")]
    public async Task S6_4_A_200_without_output_is_502(string body)
    {
        await using var gateway = await BedrockGateway.StartAsync(exchange => exchange.Http.Response.WriteAsync(body));

        using var response = await gateway.ChatAsync();

        ((int)response.StatusCode).ShouldBe(502);
        OpenAISchemas.ShouldBeError((await BedrockGateway.JsonOf(response)).ToJsonString());
    }

    [Fact]
    public async Task Reasoning_is_told_and_comes_back_for_replay()
    {
        var thought = new JsonObject { ["reasoningContent"] = new JsonObject { ["reasoningText"] = new JsonObject { ["text"] = "Hm.", ["signature"] = "c2ln" } } };

        var message = (await AskAsync(BedrockExchange.Reply("end_turn", thought, BedrockExchange.Text("4"))))["choices"]![0]!["message"];

        message.ShouldBe("""
            {"role":"assistant","content":"4","refusal":null,"reasoning_content":"Hm.","thinking_blocks":[{"type":"thinking","thinking":"Hm.","signature":"c2ln"}]}
            """);
    }

    [Fact]
    public async Task S4_4_The_input_of_the_tool_that_stands_in_for_a_schema_is_the_answer()
    {
        var reply = await AskAsync(
            BedrockExchange.Reply("tool_use", BedrockExchange.Text("Here:"), BedrockExchange.ToolUse("t1", "city", new JsonObject { ["city"] = "Rome" })),
            "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"city\",\"schema\":{\"type\":\"object\"}}}");

        var choice = reply["choices"]![0]!;
        (((string?)choice["message"]!["content"]), (string?)choice["finish_reason"]).ShouldBe(("{\"city\":\"Rome\"}", "stop"));
        choice["message"]!["tool_calls"].ShouldBeNull();
    }

    [Fact]
    public async Task S4_3_What_was_ignored_is_named_in_a_header()
    {
        await using var gateway = await BedrockGateway.StartAsync();

        using var response = await gateway.ChatAsync("\"seed\":7,\"logit_bias\":{\"1\":1}");
        using var stream = await gateway.ChatAsync("\"seed\":7,\"stream\":true");

        response.Headers.GetValues("x-gateway-warnings").Single().ShouldBe("seed is not supported by some.model-v1:0 and was ignored; logit_bias is not supported by some.model-v1:0 and was ignored");
        stream.Headers.GetValues("x-gateway-warnings").Single().ShouldContain("seed");
    }

    [Fact]
    public async Task One_call_at_a_time_leaves_out_the_others()
    {
        var reply = BedrockExchange.Reply("tool_use", BedrockExchange.ToolUse("t1", "add_up", []), BedrockExchange.ToolUse("t2", "add_up", []));

        (await AskAsync(reply, Tools + ",\"parallel_tool_calls\":false"))["choices"]![0]!["message"]!["tool_calls"]!.AsArray().Count.ShouldBe(1);
    }

    private static async Task<JsonNode> AskAsync(JsonObject reply, string? fields = null)
    {
        await using var gateway = await BedrockGateway.StartAsync(exchange => exchange.JsonAsync(reply));
        using var response = await gateway.ChatAsync(fields);
        return await BedrockGateway.JsonOf(response);
    }
}
