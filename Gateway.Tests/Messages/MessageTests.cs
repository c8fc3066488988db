using System.Net;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Gateway.Tests.Providers.Bedrock;
using Gateway.Tests.Schemas;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Messages;

/// <summary>What an answer of an OpenAI-compatible server is as a message, whole and streamed.</summary>
[Trait("Requirement", "G1.5")]
[Trait("Requirement", "G1.1")]
public sealed class MessageTests
{
    private const string Usage = """{"prompt_tokens":30,"completion_tokens":5,"total_tokens":35,"prompt_tokens_details":{"cached_tokens":20,"cache_write_tokens":4}}""";

    [Fact]
    public async Task A_reply_is_a_message()
    {
        await using var host = await MessagesGateway.StartAsync(Reply("\"content\":\"two \\u00e9 \\\"lines\\\"\\n\"", "stop"));

        using var response = await host.AskAsync("\"stop_sequences\":[\"x\"]");

        var message = AnthropicSchemas.ShouldBeMessage(await BodyOf(response));
        message["id"]!.GetValue<string>().ShouldMatch("^msg_[0-9a-f]{32}$");
        Without(message, "id").ShouldBe("""
            {"type":"message","role":"assistant","model":"phi-3","content":[{"type":"text","text":"two é \"lines\"\n"}],"stop_reason":"end_turn","stop_sequence":null,
             "usage":{"input_tokens":6,"cache_creation_input_tokens":4,"cache_read_input_tokens":20,"output_tokens":5}}
            """);
        host.Sent.ShouldBe("""{"model":"microsoft/Phi-3-mini-4k-instruct","messages":[{"role":"user","content":"Hello"}],"max_completion_tokens":100,"stop":["x"]}""");
        HeaderOf(response, "x-gateway-target").ShouldBe("local/microsoft/Phi-3-mini-4k-instruct");
        HeaderOf(response, "x-gateway-attempts").ShouldBe("1");
        HeaderOf(response, "request-id").ShouldBe(HeaderOf(response, "x-request-id"));
        response.Headers.Contains("x-gateway-warnings").ShouldBeFalse();
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Line_breaks_of_a_callers_or_a_servers_JSON_split_no_line_of_a_stream(string lineBreak)
    {
        var call = Chunk("\"tool_calls\":[{|\"index\":0,\"id\":\"c1\",\"type\":\"function\",|\"function\":{\"name\":\"add\",\"arguments\":{|\"a\":|1}}}]", "tool_calls");
        await using var host = await MessagesGateway.StartAsync(call.Replace("|", lineBreak.Replace("\n", "\ndata: ", StringComparison.Ordinal), StringComparison.Ordinal), UsageChunk);

        using var response = await host.AskAsync(
            "\"stream\":true,|\"metadata\":{|\"user_id\":\"u\"},\"tools\":[{|\"name\":\"add\",\"input_schema\":{|\"type\":\"object\"}}]".Replace("|", lineBreak, StringComparison.Ordinal));

        var body = await BodyOf(response);
        body.ShouldNotContain('\r');
        AnthropicStreams.EventsOf(body).Count.ShouldBe(6);
        body.ShouldContain("\"type\":\"input_json_delta\"");
    }

    [Fact]
    public async Task A_stream_is_the_events_of_a_message_in_their_order()
    {
        await using var host = await MessagesGateway.StartAsync(
            Chunk("\"role\":\"assistant\",\"content\":\"\""), Chunk("\"reasoning_content\":\"hm\""), Chunk("\"content\":\"I \\u00e9\""), Chunk("\"content\":\"\\n\""),
            Chunk("\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"add\",\"arguments\":\"\"}}]"),
            Chunk("\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\":\"}}]"), Chunk("\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"1}\"}}]"),
            Chunk("", "tool_calls"), UsageChunk);

        using var response = await host.AskAsync("\"stream\":true");

        var body = await BodyOf(response);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        AnthropicStreams.EventsOf(body).Count.ShouldBe(14);
        body[(body.IndexOf("event: content_block_start", StringComparison.Ordinal))..].ShouldBe(string.Concat(
            Event("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"),
            Event("content_block_delta", "\"index\":0,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"hm\"}"),
            Event("content_block_stop", "\"index\":0"),
            Event("content_block_start", "\"index\":1,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"),
            Event("content_block_delta", "\"index\":1,\"delta\":{\"type\":\"text_delta\",\"text\":\"I \\u00e9\"}"),
            Event("content_block_delta", "\"index\":1,\"delta\":{\"type\":\"text_delta\",\"text\":\"\\n\"}"),
            Event("content_block_stop", "\"index\":1"),
            Event("content_block_start", "\"index\":2,\"content_block\":{\"type\":\"tool_use\",\"id\":\"c1\",\"name\":\"add\",\"input\":{}}"),
            Event("content_block_delta", "\"index\":2,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"a\\\":\"}"),
            Event("content_block_delta", "\"index\":2,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"1}\"}"),
            Event("content_block_stop", "\"index\":2"),
            Event("message_delta", "\"delta\":{\"stop_reason\":\"tool_use\",\"stop_sequence\":null},\"usage\":{\"input_tokens\":6,\"cache_creation_input_tokens\":4,\"cache_read_input_tokens\":20,\"output_tokens\":5}"),
            "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"));
        host.Sent!["stream_options"].ShouldBe("""{"include_usage":true}""");
    }

    [Theory]
    [InlineData("\"content\":\"a\"", "length", "max_tokens", """[{"type":"text","text":"a"}]""")]
    [InlineData("\"content\":\"a\"", "content_filter", "refusal", """[{"type":"text","text":"a"}]""")]
    [InlineData("\"content\":null,\"refusal\":\"No.\"", "stop", "refusal", """[{"type":"text","text":"No."}]""")]
    [InlineData("\"content\":\"\"", "stop", "end_turn", "[]")]
    [InlineData("\"content\":null,\"reasoning\":\"hm\"", "stop", "end_turn", """[{"type":"thinking","thinking":"hm","signature":""}]""")]
    [InlineData("\"content\":\"b\",\"reasoning_content\":\"a\",\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"add\",\"arguments\":\"{\\\"a\\\":\\\"\\\\u00e9\\\"}\"}},{\"index\":1,\"id\":\"c2\",\"function\":{\"name\":\"now\",\"arguments\":\"\"}}]", "stop", "tool_use",
        """[{"type":"thinking","thinking":"a","signature":""},{"type":"text","text":"b"},{"type":"tool_use","id":"c1","name":"add","input":{"a":"é"}},{"type":"tool_use","id":"c2","name":"now","input":{}}]""")]
    [InlineData("\"content\":\"a\"},\"stop_reason\":\"END\",\"x\":{", "stop", "stop_sequence", """[{"type":"text","text":"a"}]""")]
    public async Task Whole_or_streamed_it_is_the_same_message(string members, string finish, string stopReason, string content)
    {
        await using var whole = await MessagesGateway.StartAsync(Reply(members, finish));
        await using var streamed = await MessagesGateway.StartAsync(Chunk(members, finish), UsageChunk);

        using var reply = await whole.AskAsync();
        using var stream = await streamed.AskAsync("\"stream\":true");

        var message = AnthropicSchemas.ShouldBeMessage(await BodyOf(reply));
        ((string?)message["stop_reason"]).ShouldBe(stopReason);
        ((string?)message["stop_sequence"]).ShouldBe(stopReason == "stop_sequence" ? "END" : null);
        message["content"].ShouldBe(content);
        var again = AnthropicStreams.ShouldBeMessage(await BodyOf(stream));
        Without(again, "id").ShouldBe(Without(message, "id").ToJsonString());
    }

    [Fact]
    public async Task A_server_that_tells_no_usage_gets_it_estimated()
    {
        await using var host = await MessagesGateway.StartAsync("""{"model":"phi-3","choices":[{"message":{"content":"12345678"},"finish_reason":"stop"}]}""");

        using var response = await host.AskAsync();

        var usage = AnthropicSchemas.ShouldBeMessage(await BodyOf(response))["usage"]!;
        ((int)usage["output_tokens"]!).ShouldBe(2);
        ((int)usage["input_tokens"]!).ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task A_comment_of_the_upstream_keeps_the_stream_open()
    {
        await using var host = await MessagesGateway.StartAsync(context =>
            TwoTargets.SendAsync(context, $": wait\n\ndata: {Chunk("\"content\":\"a\"")}\n\n: wait\n\n{MessagesGateway.StreamOf(Chunk("", "stop"))}"));

        using var response = await host.AskAsync("\"stream\":true");

        var body = await BodyOf(response);
        AnthropicStreams.ShouldBeMessage(body);
        AnthropicStreams.EventsOf(body).Count(each => each.Name == "ping").ShouldBe(1);
    }

    [Fact]
    public async Task A_stream_tells_its_details_where_they_are_asked_for()
    {
        await using var host = await MessagesGateway.StartAsync(Chunk("\"content\":\"a\"", "stop"), UsageChunk);
        using var caller = await host.Gateway.CallerClientAsync();
        caller.DefaultRequestHeaders.Add("x-gateway-details", "true");

        using var response = await caller.PostAsync(
            "/v1/messages", new StringContent(Translated.Request(fields: "\"stream\":true").Replace("\"m\"", "\"phi-3-mini\"", StringComparison.Ordinal), null, "application/json"), TestContext.Current.CancellationToken);

        (await BodyOf(response)).ShouldContain("\"gateway\":{\"target\":\"local/microsoft/Phi-3-mini-4k-instruct\",\"attempts\":1,");
    }

    [Fact]
    public async Task What_was_cut_or_ignored_is_named_in_a_header()
    {
        await using var host = await MessagesGateway.StartAsync(Reply("\"content\":\"a\"", "stop"));

        using var response = await host.AskAsync("\"top_k\":5,\"speed\":\"fast\"");

        HeaderOf(response, "x-gateway-warnings").ShouldBe("speed was ignored; top_k was ignored");
        host.Sent!.AsObject().ContainsKey("top_k").ShouldBeFalse();
    }

    [Fact]
    public async Task Another_target_answers_where_the_first_has_no_answer()
    {
        await using var host = await TwoTargets.StartAsync(context => TwoTargets.SendAsync(context, """{"choices":[]}""", "application/json"));
        using var caller = await host.Gateway.CallerClientAsync();

        using var response = await caller.PostAsync(
            "/v1/messages", new StringContent(Translated.Request().Replace("\"m\"", "\"phi-3-mini\"", StringComparison.Ordinal), null, "application/json"), TestContext.Current.CancellationToken);

        AnthropicSchemas.ShouldBeMessage(await BodyOf(response))["content"].ShouldBe("""[{"type":"text","text":"ok"}]""");
        HeaderOf(response, "x-gateway-target").ShouldBe(TwoTargets.Fallback);
    }

    [Theory]
    [InlineData("""{"choices":[{"message":{"tool_calls":[{"id":"c1","function":{"name":"add","arguments":"[1]"}}]},"finish_reason":"tool_calls"}]}""")]
    [InlineData("""{"choices":[{"message":{"tool_calls":[{"id":"c1","function":{"name":"add","arguments":"{\"a\":"}}]},"finish_reason":"tool_calls"}]}""")]
    [InlineData("""{"choices":[]}""")]
    public async Task An_answer_that_is_no_message_is_an_error(string reply)
    {
        await using var host = await MessagesGateway.StartAsync(reply);

        using var response = await host.AskAsync();

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        ((string)AnthropicSchemas.ShouldBeError(await BodyOf(response))["error"]!["type"]!).ShouldBe("api_error");
    }

    [Fact]
    public async Task A_call_that_the_limit_of_tokens_cut_off_has_an_empty_input()
    {
        await using var host = await MessagesGateway.StartAsync("""{"model":"m","choices":[{"message":{"tool_calls":[{"id":"c1","function":{"name":"add","arguments":"{\"a\":"}}]},"finish_reason":"length"}]}""");

        using var response = await host.AskAsync();

        var message = AnthropicSchemas.ShouldBeMessage(await BodyOf(response));
        ((string?)message["stop_reason"]).ShouldBe("max_tokens");
        message["content"].ShouldBe("""[{"type":"tool_use","id":"c1","name":"add","input":{}}]""");
    }

    private static string UsageChunk => $$"""{"id":"x","model":"phi-3","choices":[],"usage":{{Usage}}}""";

    private static string Reply(string members, string finish) =>
        "{\"id\":\"x\",\"object\":\"chat.completion\",\"model\":\"phi-3\",\"choices\":[{\"index\":0,\"finish_reason\":\"" + finish + "\",\"message\":{\"role\":\"assistant\"," + members + "}}],\"usage\":" + Usage + "}";

    private static string Chunk(string members, string? finish = null) =>
        "{\"id\":\"x\",\"model\":\"phi-3\",\"choices\":[{\"index\":0,\"finish_reason\":" + (finish is null ? "null" : $"\"{finish}\"") + ",\"delta\":{" + members + "}}]}";

    private static string Event(string name, string members) => $"event: {name}\ndata: {{\"type\":\"{name}\",{members}}}\n\n";

    private static JsonObject Without(JsonObject json, string member)
    {
        var copy = json.DeepClone().AsObject();
        copy.Remove(member);
        return copy;
    }

    private static string? HeaderOf(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();

    private static Task<string> BodyOf(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
