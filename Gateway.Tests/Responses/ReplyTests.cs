using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gateway.Tests.Hosts.Bedrock;
using Gateway.Tests.Schemas;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Responses;

/// <summary>What becomes of a chat answer, whole and streamed.</summary>
[Trait("Requirement", "G1.5")]
public sealed partial class ReplyTests
{
    private const string Usage = "\"usage\":" + """{"prompt_tokens":10,"completion_tokens":6,"total_tokens":16,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":3}}""";

    private const string Whole = $$$"""
        {"id":"c1","object":"chat.completion","created":1,"model":"m-1","service_tier":"flex","choices":[{"index":0,"finish_reason":"tool_calls","message":{"role":"assistant","content":"Let \"me\" \u00e9",
        "reasoning_content":"hm","tool_calls":[{"id":"call_1","type":"function","function":{"name":"add","arguments":"{\"a\":1}"}}]}}],{{{Usage}}}}
        """;

    private static readonly string[] Chunks =
    [
        """{"id":"c1","object":"chat.completion.chunk","created":1,"model":"m-1","service_tier":"flex","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}""",
        """{"model":"m-1","choices":[{"index":0,"delta":{"reasoning_content":"h"}}]}""",
        """{"model":"m-1","choices":[{"index":0,"delta":{"reasoning_content":"m"}}]}""",
        """{"model":"m-1","choices":[{"index":0,"delta":{"content":"Let \"me\""}}]}""",
        """{"model":"m-1","choices":[{"index":0,"delta":{"content":" \u00e9"}}]}""",
        """{"model":"m-1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"add","arguments":""}}]}}]}""",
        """{"model":"m-1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"a\":"}}]}}]}""",
        """{"model":"m-1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"1}"}}]}}]}""",
        """{"model":"m-1","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""",
        $$"""{"model":"m-1","choices":[],{{Usage}}}""",
    ];

    [Fact]
    public async Task A_whole_answer_is_a_response()
    {
        await using var chat = await ScriptedChat.StartAsync(ScriptedChat.Reply(Whole));

        var response = await chat.CreateAsync("""
            "input":"Hi","instructions":"Be brief.","metadata":{"a":"b"},"max_output_tokens":50,"temperature":0.5,"user":"u","tools":[{"type":"function","name":"add","strict":true}],"reasoning":{"effort":"low"}
            """);

        Anonymous(response).ShouldBe("""
            {"id":"resp_ID","object":"response","created_at":1,"status":"completed","background":false,"completed_at":1,"error":null,"incomplete_details":null,"instructions":"Be brief.","max_output_tokens":50,"max_tool_calls":null,"model":"m-1",
            "output":[{"id":"rs_ID00","type":"reasoning","summary":[],"content":[{"type":"reasoning_text","text":"hm"}],"encrypted_content":null,"status":"completed"},
            {"id":"msg_ID01","type":"message","status":"completed","content":[{"type":"output_text","annotations":[],"logprobs":[],"text":"Let \"me\" é"}],"role":"assistant"},
            {"id":"fc_ID02","type":"function_call","status":"completed","call_id":"call_1","name":"add","arguments":"{\"a\":1}"}],
            "parallel_tool_calls":true,"previous_response_id":null,"prompt_cache_key":null,"prompt_cache_retention":null,"reasoning":{"effort":"low","summary":null},"safety_identifier":null,"service_tier":"flex","store":true,"temperature":0.5,
            "text":{"format":{"type":"text"},"verbosity":"medium"},"tool_choice":"auto","tools":[{"type":"function","name":"add","description":null,"parameters":null,"strict":true}],"top_logprobs":0,"top_p":1.0,"truncation":"disabled",
            "usage":{"input_tokens":10,"input_tokens_details":{"cache_write_tokens":0,"cached_tokens":4},"output_tokens":6,"output_tokens_details":{"reasoning_tokens":3},"total_tokens":16},"user":"u","metadata":{"a":"b"}}
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public async Task A_stream_tells_each_step_and_ends_as_the_whole_answer_is()
    {
        const string Fields = "\"input\":\"Hi\",\"store\":false";
        await using var whole = await ScriptedChat.StartAsync(ScriptedChat.Reply(Whole));
        await using var streamed = await ScriptedChat.StartAsync(ScriptedChat.Stream(Chunks));

        var events = await streamed.StreamAsync(Fields);

        ResponseStreams.OrderOf(events).ShouldBe(
        [
            "created", "in_progress",
            "output_item.added", "content_part.added", "reasoning_text.delta", "reasoning_text.done", "content_part.done", "output_item.done",
            "output_item.added", "content_part.added", "output_text.delta", "output_text.done", "content_part.done", "output_item.done",
            "output_item.added", "function_call_arguments.delta", "function_call_arguments.done", "output_item.done",
            "completed",
        ]);
        Anonymous(events[^1]["response"]!).ShouldBe(Anonymous(await whole.CreateAsync(Fields)));
    }

    [Fact]
    public async Task Reasoning_is_a_summary_where_one_is_asked_for()
    {
        await using var chat = await ScriptedChat.StartAsync(ScriptedChat.Stream(Chunks));

        var events = await chat.StreamAsync("\"input\":\"Hi\",\"reasoning\":{\"summary\":\"auto\"}");

        ResponseStreams.OrderOf(events).Skip(2).Take(6).ShouldBe(
            ["output_item.added", "reasoning_summary_part.added", "reasoning_summary_text.delta", "reasoning_summary_text.done", "reasoning_summary_part.done", "output_item.done"]);
        ((string?)events[^1]["response"]!["output"]![0]!["summary"]![0]!["text"]).ShouldBe("hm");
    }

    [Theory]
    [InlineData("length", "max_output_tokens")]
    [InlineData("content_filter", "content_filter")]
    public async Task An_answer_that_was_cut_short_is_incomplete_and_says_why(string finish, string reason)
    {
        await using var chat = await ScriptedChat.StartAsync(ScriptedChat.Stream(
            """{"model":"m-1","choices":[{"index":0,"delta":{"content":"He"}}]}""", $$"""{"model":"m-1","choices":[{"index":0,"delta":{},"finish_reason":"{{finish}}"}]}"""));

        var events = await chat.StreamAsync("\"input\":\"Hi\"");

        var response = events[^1]["response"]!;
        ResponseStreams.TypeOf(events[^1]).ShouldBe("response.incomplete");
        ((string?)response["status"], (string?)response["incomplete_details"]!["reason"], (string?)response["output"]![0]!["status"]).ShouldBe(("incomplete", reason, "incomplete"));
    }

    [Fact]
    public async Task A_refusal_is_told_as_one()
    {
        await using var chat = await ScriptedChat.StartAsync(ScriptedChat.Stream(
            """{"model":"m-1","choices":[{"index":0,"delta":{"refusal":"I "}}]}""", """{"model":"m-1","choices":[{"index":0,"delta":{"refusal":"won't"},"finish_reason":"stop"}]}"""));

        var events = await chat.StreamAsync("\"input\":\"Hi\"");

        ResponseStreams.OrderOf(events).Skip(4).Take(2).ShouldBe(["refusal.delta", "refusal.done"]);
        ((string?)events[^1]["response"]!["output"]![0]!["content"]![0]!["refusal"]).ShouldBe("I won't");
    }

    [Fact]
    public async Task Log_probabilities_come_with_their_text()
    {
        await using var chat = await ScriptedChat.StartAsync(ScriptedChat.Stream(
            """{"model":"m-1","choices":[{"index":0,"delta":{"content":"a"},"logprobs":{"content":[{"token":"a","logprob":-0.5,"bytes":[97],"top_logprobs":[]}]}}]}""",
            """{"model":"m-1","choices":[{"index":0,"delta":{"content":"b"},"logprobs":{"content":[{"token":"b","logprob":-0.25,"bytes":[98],"top_logprobs":[]}]},"finish_reason":"stop"}]}"""));

        var events = await chat.StreamAsync("\"input\":\"Hi\",\"include\":[\"message.output_text.logprobs\"]");

        events.Where(each => ResponseStreams.TypeOf(each) == "response.output_text.delta").Select(each => (string?)each["logprobs"]![0]!["token"]).ShouldBe(["a", "b"]);
        events[^1]["response"]!["output"]![0]!["content"]![0]!["logprobs"]!.AsArray().Select(each => (double)each!["logprob"]!).ShouldBe([-0.5, -0.25]);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Line_breaks_of_a_callers_or_a_servers_JSON_split_no_line_of_a_stream(string lineBreak)
    {
        var chunk = """{"model":"m-1","choices":[{"index":0,"delta":{"content":"a"},"logprobs":{"content":[{"token":"a",|"logprob":-0.5,|"bytes":[97],"top_logprobs":[]}|]},"finish_reason":"stop"}]}""";
        await using var chat = await ScriptedChat.StartAsync(ScriptedChat.Stream(chunk.Replace("|", lineBreak.Replace("\n", "\ndata: ", StringComparison.Ordinal), StringComparison.Ordinal)));
        var request = """
            {|"model":"phi-3-mini","stream":true,"input":"Hi","include":["message.output_text.logprobs"],"metadata":{|"a":|"b"},"instructions":"x","reasoning":{|"effort":"low"},"tool_choice":{|"type":"function",|"name":"add"},
            "tools":[{|"type":"function","name":"add","parameters":{|"type":"object",|"properties":{}}}],"text":{|"format":{|"type":"json_schema","name":"n","schema":{|"type":"object"}}}}
            """;

        using var response = await chat.PostAsync(request.ReplaceLineEndings("").Replace("|", lineBreak, StringComparison.Ordinal));

        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        body.ShouldNotContain('\r');
        var events = ResponseStreams.ShouldBeResponseStream(body);
        ((string?)events[0]["response"]!["metadata"]!["a"], (string?)events[0]["response"]!["tools"]![0]!["parameters"]!["type"]).ShouldBe(("b", "object"));
        ((string?)events[^1]["response"]!["output"]![0]!["content"]![0]!["logprobs"]![0]!["token"]).ShouldBe("a");
    }

    [Fact]
    [Trait("Requirement", "B6.4")]
    public async Task A_stream_that_breaks_ends_in_a_failed_response_never_in_a_completed_one()
    {
        await using var chat = await ScriptedChat.StartAsync(ScriptedChat.Stream(Chunks[0], Chunks[3], null));

        var events = await chat.StreamAsync("\"input\":\"Hi\"");

        ResponseStreams.TypeOf(events[^1]).ShouldBe("response.failed");
        var response = events[^1]["response"]!;
        ((string?)response["status"], (string?)response["error"]!["code"], (string?)response["output"]![0]!["status"]).ShouldBe(("failed", "server_error", "incomplete"));
        using var stored = await chat.GetAsync($"/v1/responses/{(string?)response["id"]}");
        ((string?)(await ScriptedChat.ResponseOf(stored))["status"]).ShouldBe("failed");
    }

    [Fact]
    public async Task A_refusal_of_the_upstream_is_an_error_in_OpenAIs_form()
    {
        await using var chat = await ScriptedChat.StartAsync(http =>
        {
            http.Response.StatusCode = 400;
            return ScriptedChat.Reply("""{"error":{"message":"no such thing","type":"invalid_request_error","param":"temperature","code":null}}""")(http);
        });

        using var response = await chat.PostAsync("""{"model":"phi-3-mini","input":"Hi","temperature":9}""");

        ((string?)(await ScriptedChat.ErrorOf(response, HttpStatusCode.BadRequest))["param"]).ShouldBe("temperature");
    }

    [Fact]
    public async Task Events_are_one_line_each_however_the_request_is_laid_out()
    {
        await using var chat = await ScriptedChat.StartAsync(ScriptedChat.Stream(Chunks));

        var events = await chat.StreamAsync("""
            "input":"Hi",
            "metadata":{
              "a":"b"
            },
            "tools":[{"type":"function","name":"add","parameters":{
              "type":"object"
            }}],
            "text":{"format":{
              "type":"text"
            }}
            """);

        ((string?)events[0]["response"]!["metadata"]!["a"]).ShouldBe("b");
    }

    [Fact]
    public async Task A_stream_tells_what_its_head_could_not_where_that_is_asked_for()
    {
        await using var chat = await ScriptedChat.StartAsync(ScriptedChat.Stream(Chunks));
        chat.Caller.DefaultRequestHeaders.Add("x-gateway-details", "true");

        using var response = await chat.PostAsync("""{"model":"phi-3-mini","stream":true,"input":"Hi"}""");

        var last = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimEnd().Split('\n')[^1]["data: ".Length..];
        var details = JsonNode.Parse(last)!["gateway"]!.AsObject();
        details.Select(field => field.Key).ShouldBe(["target", "attempts", "cost_usd"]);
        ((string?)details["target"]).ShouldBe("local/microsoft/Phi-3-mini-4k-instruct");
    }

    [Fact]
    public async Task Warnings_come_in_a_header()
    {
        await using var chat = await ScriptedChat.StartAsync(ScriptedChat.Says("Hi"));

        using var response = await chat.PostAsync("""{"model":"phi-3-mini","input":"Hi","truncation":"auto"}""");

        response.Headers.GetValues("x-gateway-warnings").Single().ShouldContain("truncation");
        response.Headers.GetValues("x-gateway-target").Single().ShouldBe("local/microsoft/Phi-3-mini-4k-instruct");
    }

    [Fact]
    public async Task Signed_reasoning_of_Bedrock_comes_back_with_the_results_of_its_call()
    {
        await using var bedrock = await BedrockGateway.StartAsync(
            exchange => exchange.JsonAsync(BedrockExchange.Reply("tool_use", Thought, BedrockExchange.ToolUse("t1", "add", new JsonObject { ["a"] = 1 }))), "anthropic.claude-sonnet-4-5-20250929-v1:0");
        const string Tools = "\"tools\":[{\"type\":\"function\",\"name\":\"add\",\"parameters\":{\"type\":\"object\"}}]";

        using var first = await bedrock.PostAsync("/v1/responses", $$"""{"model":"m","input":"Hi","reasoning":{"effort":"low"},{{Tools}}}""");
        var response = await ScriptedChat.ResponseOf(first);
        using var second = await bedrock.PostAsync("/v1/responses",
            $$"""{"model":"m","previous_response_id":"{{(string?)response["id"]}}","input":[{"type":"function_call_output","call_id":"t1","output":"2"}],"reasoning":{"effort":"low"},{{Tools}}}""");

        await ScriptedChat.ResponseOf(second);
        response["output"]![0]!["content"]![0]!.ToJsonString().ShouldBe("""{"type":"reasoning_text","text":"I add"}""");
        ((string?)response["output"]![0]!["encrypted_content"]).ShouldBeNull();
        var turns = bedrock.Bedrock.Last.Body["messages"]!.AsArray();
        JsonNode.DeepEquals(turns[1]!["content"]![0], Thought).ShouldBeTrue(turns.ToJsonString());
        turns[2]!["content"]![0]!["toolResult"].ShouldNotBeNull();
    }

    private static JsonObject Thought => new() { ["reasoningContent"] = new JsonObject { ["reasoningText"] = new JsonObject { ["text"] = "I add", ["signature"] = "sig==" } } };

    // What differs each time: ids and times.
    private static string Anonymous(JsonNode response) => Times().Replace(Ids().Replace(Unescaped(response), "_ID"), ":1");

    private static string Unescaped(JsonNode node) => node.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    [GeneratedRegex("_[0-9a-f]{32}")]
    private static partial Regex Ids();

    [GeneratedRegex("(?<=\"(created|completed)_at\"):[0-9]+")]
    private static partial Regex Times();
}
