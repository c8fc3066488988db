using System.Text.Json.Nodes;
using Gateway.Api.Providers.Bedrock.Streams;
using Gateway.Tests.Hosts.Bedrock;
using Gateway.Tests.Schemas;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Providers.Bedrock;

/// <summary>bedrock.md, section 5: binary frames over a real socket, and what the caller sees of them.</summary>
[Trait("Requirement", "B6.4")]
[Trait("Requirement", "B1.3")]
public sealed class StreamTests
{
    private const string Done = "[DONE]";
    private const string WithTools = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"add.up\"}},{\"type\":\"function\",\"function\":{\"name\":\"now\"}}]";

    [Fact]
    public async Task S5_1_The_first_chunk_has_the_role_and_empty_content()
    {
        var frames = await StreamAsync(EventFrames.Answer("Hel", "lo"));

        DeltaOf(frames[0]).ShouldBe("""{"role":"assistant","content":""}""");
        frames.Count.ShouldBe(5);
        frames[^1].ShouldBe(Done);
    }

    [Fact]
    public async Task S5_2_Tool_calls_are_counted_by_themselves_and_one_without_input_ends_with_an_empty_object()
    {
        var frames = await StreamAsync(
            [
                EventFrames.Start, EventFrames.Text("I look."), EventFrames.BlockStop(0),
                EventFrames.ToolStart(1, "t1", "add_up"), EventFrames.ToolInput(1, ""), EventFrames.ToolInput(1, "{\"a\""), EventFrames.ToolInput(1, ":\"\u00e9\"}"), EventFrames.BlockStop(1),
                EventFrames.ToolStart(2, "t2", "now"), EventFrames.BlockStop(2), EventFrames.Stop("tool_use"), EventFrames.Metadata(1, 2),
            ],
            WithTools);

        var deltas = frames.SkipLast(2).Skip(2).Select(frame => DeltaOf(frame)!["tool_calls"]![0]!).ToList();
        deltas[0].ShouldBe("""{"index":0,"id":"t1","type":"function","function":{"name":"add.up","arguments":""}}""");
        deltas[1].ShouldBe("""{"index":0,"function":{"arguments":"{\"a\""}}""");
        deltas[2].ShouldBe("""{"index":0,"function":{"arguments":":\"é\"}"}}""");
        deltas[3].ShouldBe("""{"index":1,"id":"t2","type":"function","function":{"name":"now","arguments":""}}""");
        deltas[4].ShouldBe("""{"index":1,"function":{"arguments":"{}"}}""");
        FinishOf(frames[^2]).ShouldBe("tool_calls");
    }

    [Fact]
    public async Task S5_3_Text_is_content_and_reasoning_is_kept_for_replay()
    {
        var frames = await StreamAsync(
        [
            EventFrames.Start, Reasoning("text", "Let me "), Reasoning("text", "think."), Reasoning("signature", "c2ln"), EventFrames.BlockStop(0),
            EventFrames.Delta(1, new JsonObject { ["reasoningContent"] = new JsonObject { ["redactedContent"] = "eHg=" } }), EventFrames.BlockStop(1),
            EventFrames.Text("4", 2), EventFrames.BlockStop(2), EventFrames.Stop("end_turn"), EventFrames.Metadata(1, 2),
        ]);

        frames.Skip(1).Take(5).Select(frame => DeltaOf(frame)!.ToJsonString()).ShouldBe(
        [
            """{"reasoning_content":"Let me "}""",
            """{"reasoning_content":"think."}""",
            """{"thinking_blocks":[{"type":"thinking","thinking":"Let me think.","signature":"c2ln"}]}""",
            """{"thinking_blocks":[{"type":"redacted_thinking","data":"eHg="}]}""",
            """{"content":"4"}""",
        ]);
    }

    [Fact]
    public async Task S5_4_The_usage_comes_only_where_asked_for_and_then_DONE()
    {
        var without = await StreamAsync(EventFrames.Answer("Hi"));
        var with = await StreamAsync(EventFrames.Answer("Hi"), "\"stream_options\":{\"include_usage\":true}");

        without.ShouldAllBe(frame => !frame.Contains("usage", StringComparison.Ordinal));
        with.Count.ShouldBe(without.Count + 1);
        with[^1].ShouldBe(Done);
        var usage = JsonNode.Parse(with[^2])!;
        usage["choices"].ShouldBe("[]");
        usage["usage"].ShouldBe("""{"prompt_tokens":30,"completion_tokens":5,"total_tokens":35,"prompt_tokens_details":{"cached_tokens":0,"cache_write_tokens":0}}""");
        with.SkipLast(2).ShouldAllBe(frame => frame.Contains("\"usage\":null", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Requirement", "B6.6")]
    public async Task S5_5_Every_chunk_has_index_0_and_the_same_id_and_time()
    {
        var frames = await StreamAsync([EventFrames.Start, EventFrames.Text("a", 0), EventFrames.Text("b", 3), EventFrames.Stop("end_turn"), EventFrames.Metadata(1, 1)]);

        var chunks = frames.SkipLast(1).Select(frame => JsonNode.Parse(frame)!).ToList();
        chunks.ShouldAllBe(chunk => (int)chunk["choices"]![0]!["index"]! == 0);
        chunks.Select(chunk => ((string?)chunk["id"], (long)chunk["created"]!, (string?)chunk["model"])).Distinct().ShouldHaveSingleItem().Item3.ShouldBe("some.model-v1:0");
        FinishOf(frames[^2]).ShouldBe("stop");
    }

    [Theory]
    [InlineData("throttlingException", 429, "rate_limit_exceeded")]
    [InlineData("modelStreamErrorException", 502, "upstream_error")]
    [InlineData("internalServerException", 500, "upstream_error")]
    [InlineData("validationException", 400, null)]
    [InlineData("serviceUnavailableException", 503, "no_target_available")]
    [Trait("Requirement", "B7.1")]
    public async Task S5_6_An_exception_before_the_first_token_has_its_status(string name, int status, string? code)
    {
        await using var gateway = await BedrockGateway.StartAsync(exchange => exchange.StreamAsync([EventFrames.Start, EventFrames.Exception(name, "Too bad.")]));

        using var response = await gateway.ChatAsync("\"stream\":true");

        ((int)response.StatusCode).ShouldBe(status);
        var error = (await BedrockGateway.JsonOf(response))["error"]!;
        ((string?)error["code"]).ShouldBe(code);
        ((string?)error["message"])!.ShouldContain("Too bad.");
    }

    [Fact]
    [Trait("Requirement", "G1.2")]
    public async Task S5_6_An_exception_before_the_first_token_hands_over_to_the_next_target()
    {
        await using var gateway = await BedrockGateway.StartAsync(
            exchange => exchange.Model == "good" ? exchange.StreamAsync(EventFrames.Answer("Hi")) : exchange.StreamAsync([EventFrames.Start, EventFrames.Exception("throttlingException", "Slow down.")]),
            "bad",
            ("Gateway:Models:m:Targets:1:Provider", "bedrock"),
            ("Gateway:Models:m:Targets:1:Model", "good"));

        var frames = await gateway.StreamAsync();

        frames[^1].ShouldBe(Done);
        gateway.Bedrock.Exchanges.Select(exchange => exchange.Model).ShouldBe(["bad", "good"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task S5_6_An_exception_after_it_is_an_error_and_no_DONE(bool isException)
    {
        var frames = await StreamAsync([EventFrames.Start, EventFrames.Text("Hel"), isException ? EventFrames.Exception("modelStreamErrorException", "Too bad.") : EventFrames.Error("InternalError", "Too bad.")]);

        ShouldEndInError(frames).ShouldContain("Too bad.");
    }

    [Fact]
    public async Task S5_6_A_stream_that_ends_without_messageStop_is_an_error()
    {
        ShouldEndInError(await StreamAsync([EventFrames.Start, EventFrames.Text("Hel"), EventFrames.BlockStop(0)]));
    }

    [Fact]
    public async Task A_stream_that_ends_after_messageStop_is_complete_without_its_metadata() =>
        (await StreamAsync([EventFrames.Start, EventFrames.Text("Hi"), EventFrames.Stop("end_turn")]))[^1].ShouldBe(Done);

    [Theory]
    [InlineData("payload")]
    [InlineData("prelude")]
    [InlineData("huge")]
    [InlineData("header")]
    [InlineData("cut")]
    [InlineData("headers too long")]
    public async Task A_damaged_frame_is_an_error_and_never_an_answer(string damage)
    {
        var (bad, good) = (Damaged(damage), new[] { EventFrames.Stop("end_turn"), EventFrames.Metadata(1, 1) });

        ShouldEndInError(await StreamAsync([EventFrames.Start, EventFrames.Text("Hel"), bad, .. damage == "cut" ? [] : good]));

        await using var gateway = await BedrockGateway.StartAsync(exchange => exchange.StreamAsync([bad, .. damage == "cut" ? [] : good]));
        using var response = await gateway.ChatAsync("\"stream\":true");
        ((int)response.StatusCode).ShouldBe(502);
    }

    [Fact]
    public async Task An_event_that_is_no_JSON_is_left_out_and_the_rest_arrives()
    {
        var frames = await StreamAsync(
        [
            EventFrames.Start, EventFrames.Frame([(":event-type", "contentBlockDelta"), (":message-type", "event")], "{\"conte"u8.ToArray()), EventFrames.Event("somethingNew", new JsonObject()), EventFrames.Event("contentBlockStop", new JsonObject()),
            EventFrames.Text("Hi"), EventFrames.Stop("end_turn"),
        ]);

        frames.Count.ShouldBe(4);
        frames[^1].ShouldBe(Done);
    }

    [Fact]
    public async Task Frames_that_come_byte_by_byte_are_put_together()
    {
        var frames = await StreamAsync([.. EventFrames.Answer("Hel", "lo").SelectMany(frame => frame).Select(octet => new[] { octet })]);

        string.Concat(frames.SkipLast(1).Select(frame => (string?)DeltaOf(frame)!["content"])).ShouldBe("Hello");
    }

    [Fact]
    public async Task S4_4_The_tool_that_stands_in_for_a_schema_streams_its_input_as_content()
    {
        var frames = await StreamAsync(
            [EventFrames.Start, EventFrames.Text("Here it is:"), EventFrames.ToolStart(1, "t1", "city"), EventFrames.ToolInput(1, "{\"city\":"), EventFrames.ToolInput(1, "\"Rome\"}"), EventFrames.BlockStop(1), EventFrames.Stop("tool_use")],
            "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"city\",\"schema\":{\"type\":\"object\"}}}");

        string.Concat(frames.SkipLast(1).Select(frame => (string?)DeltaOf(frame)!["content"])).ShouldBe("{\"city\":\"Rome\"}");
        FinishOf(frames[^2]).ShouldBe("stop");
    }

    [Fact]
    public async Task S3_3_A_call_that_nobody_asked_for_is_left_out()
    {
        var frames = await StreamAsync([EventFrames.Start, EventFrames.ToolStart(0, "t1", "now"), EventFrames.BlockStop(0), EventFrames.Stop("tool_use")], WithTools + ",\"tool_choice\":\"none\"");

        frames.ShouldAllBe(frame => !frame.Contains("tool_calls", StringComparison.Ordinal));
        FinishOf(frames[^2]).ShouldBe("stop");
    }

    [Fact]
    public async Task S3_5_A_model_that_streams_no_tools_is_asked_for_the_whole_and_its_answer_streamed()
    {
        await using var gateway = await BedrockGateway.StartAsync(
            exchange => exchange.ContentAsync("tool_use", BedrockExchange.Text("I look."), BedrockExchange.ToolUse("t1", "add_up", new JsonObject { ["a"] = 1 })), Converse.Llama);

        var frames = await gateway.StreamAsync(WithTools + ",\"stream_options\":{\"include_usage\":true}");

        gateway.Bedrock.Last.Verb.ShouldBe("converse");
        DeltaOf(frames[1])!["content"]!.GetValue<string>().ShouldBe("I look.");
        DeltaOf(frames[2])!["tool_calls"]![0]!["function"]!["name"]!.GetValue<string>().ShouldBe("add.up");
        DeltaOf(frames[3])!["tool_calls"]![0]!["function"]!["arguments"]!.GetValue<string>().ShouldBe("""{"a":1}""");
        FinishOf(frames[4]).ShouldBe("tool_calls");
        frames[5].ShouldContain("\"prompt_tokens\":30");
        frames[6].ShouldBe(Done);
    }

    [Fact]
    [Trait("Requirement", "B6.6")]
    public async Task Every_chunk_fits_OpenAIs_schema()
    {
        await using var gateway = await BedrockGateway.StartAsync(exchange => exchange.StreamAsync(EventFrames.Answer("Hel", "lo")));

        using var response = await gateway.ChatAsync("\"stream\":true,\"stream_options\":{\"include_usage\":true}");

        OpenAIStreams.ShouldBeChatStream(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), usage: true);
    }

    private static byte[] Damaged(string damage)
    {
        var frame = EventFrames.Text("lo");
        switch (damage)
        {
            case "payload":
                frame[^20] ^= 1;
                return frame;
            case "prelude":
                frame[8] ^= 1;
                return frame;
            case "huge":
                // 2 GB, and a checksum that agrees.
                byte[] lengths = [0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 0, 10];
                return [.. lengths, .. CrcOf(lengths), .. frame];
            case "header":
                return EventFrames.Frame([1, (byte)'x', 42, 0], []);
            case "headers too long":
                return EventFrames.Frame([200, (byte)'x', 7, 0], []);
            default:
                return frame[..^9];
        }
    }

    private static byte[] CrcOf(byte[] bytes)
    {
        var crc = Crc32.Of(bytes);
        return [(byte)(crc >> 24), (byte)(crc >> 16), (byte)(crc >> 8), (byte)crc];
    }

    private static string ShouldEndInError(List<string> frames)
    {
        frames.ShouldNotContain(Done);
        return (string)JsonNode.Parse(frames[^1])!["error"].ShouldNotBeNull()["message"]!;
    }

    private static byte[] Reasoning(string name, string value) =>
        EventFrames.Delta(0, new JsonObject { ["reasoningContent"] = new JsonObject { [name] = value } });

    private static async Task<List<string>> StreamAsync(IEnumerable<byte[]> frames, string? fields = null)
    {
        await using var gateway = await BedrockGateway.StartAsync(exchange => exchange.StreamAsync(frames));
        return await gateway.StreamAsync(fields);
    }

    private static JsonNode? DeltaOf(string frame) => JsonNode.Parse(frame)!["choices"]![0]!["delta"];

    private static string? FinishOf(string frame) => (string?)JsonNode.Parse(frame)!["choices"]![0]!["finish_reason"];
}
