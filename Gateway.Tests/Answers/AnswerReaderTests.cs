using System.Text;
using Gateway.Api.Answers;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Answers;

[Trait("Requirement", "G1.5")]
public sealed class AnswerReaderTests
{
    [Fact]
    public void A_whole_answer_tells_its_events_in_their_order_wherever_its_members_stand() =>
        EventsOf("""
            {"choices":[{"finish_reason":"tool_calls","stop_reason":null,"message":{"role":"assistant",
              "tool_calls":[{"id":"c1","type":"function","function":{"name":"add","arguments":"{\"a\":1}"}},{"id":"c2","type":"function","function":{"name":"sub","arguments":"{}"}}],
              "refusal":null,"content":"so \"4\"","reasoning_content":"hm\n"}}],"model":"m1","usage":{"prompt_tokens":1}}
            """).ShouldBe(
            ["begin m1", "reasoning hm\\n", "text so \\\"4\\\"", "call c1 add", "arguments {\\\"a\\\":1}", "call c2 sub", "arguments {}", "finish ToolCalls"]);

    [Fact]
    public void Chunks_tell_the_same_events_piece_by_piece() =>
        EventsOf(
            """{"model":"m1","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}""",
            """{"model":"m1","choices":[{"index":0,"delta":{"reasoning":"hm","reasoning_content":"hm"}}]}""",
            """{"model":"m1","choices":[{"index":0,"delta":{"content":"so"}}]}""",
            """{"model":"m1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c1","function":{"name":"add","arguments":""}}]}}]}""",
            """{"model":"m1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"a\""}}]}}]}""",
            """{"model":"m1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]}}]}""",
            """{"model":"m1","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"c2","function":{"name":"sub","arguments":"{}"}}]}}]}""",
            """{"model":"m1","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""",
            """{"model":"m1","choices":[],"usage":{"prompt_tokens":1}}""").ShouldBe(
            ["begin m1", "reasoning hm", "text so", "call c1 add", "arguments {\\\"a\\\"", "arguments :1}", "call c2 sub", "arguments {}", "finish ToolCalls"]);

    [Fact]
    public void Signed_reasoning_is_told_once_whole_or_streamed()
    {
        string[] events = ["begin", "reasoning one", "signature s1", "redacted cg==", "reasoning two", "signature s2", "text hi"];

        EventsOf("""
            {"choices":[{"message":{"content":"hi","reasoning_content":"onetwo","thinking_blocks":[
              {"type":"thinking","thinking":"one","signature":"s1"},{"type":"redacted_thinking","data":"cg=="},{"type":"thinking","thinking":"two","signature":"s2"}]}}]}
            """).ShouldBe(events);
        EventsOf(
            """{"choices":[{"delta":{"reasoning_content":"one"}}]}""",
            """{"choices":[{"delta":{"thinking_blocks":[{"type":"thinking","thinking":"one","signature":"s1"}]}}]}""",
            """{"choices":[{"delta":{"thinking_blocks":[{"type":"redacted_thinking","data":"cg=="}]}}]}""",
            """{"choices":[{"delta":{"reasoning_content":"two"}}]}""",
            """{"choices":[{"delta":{"thinking_blocks":[{"type":"thinking","thinking":"two","signature":"s2"}]}}]}""",
            """{"choices":[{"delta":{"content":"hi"}}]}""").ShouldBe(events);
    }

    [Theory]
    [InlineData("""{"choices":[{"message":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},"finish_reason":"stop","stop_reason":"END"}]}""", "text a|text b|finish Stop END")]
    [InlineData("""{"choices":[{"message":{"content":"","refusal":"no"},"finish_reason":"content_filter"}]}""", "refusal no|finish ContentFilter")]
    [InlineData("""{"choices":[{"message":{"content":"a"},"finish_reason":"length"},{"index":1,"message":{"content":"b"},"finish_reason":"stop"}]}""", "text a|finish Length")]
    [InlineData("""{"choices":[{"message":{"tool_calls":[{"id":"c1","function":{"name":"add","arguments":{"a":"b"}}}]}}]}""", "call c1 add|arguments {\\\"a\\\":\\\"b\\\"}")]
    [InlineData("""{"choices":[{"message":{"content":7,"tool_calls":{},"reasoning":[],"thinking_blocks":"x"},"finish_reason":"eos"}]}""", "finish Stop")]
    [InlineData("""{"choices":[7,"x"],"model":1}""", "")]
    public void Servers_that_write_it_otherwise_are_understood(string answer, string events) =>
        EventsOf(answer).ShouldBe(["begin", .. events.Split('|', StringSplitOptions.RemoveEmptyEntries)]);

    [Fact]
    public void Calls_that_all_have_index_0_are_told_apart_by_their_ids() =>
        EventsOf(
            """{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c1","function":{"name":"add","arguments":"{}"}}]}}]}""",
            """{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c2","function":{"name":"add","arguments":"{}"}}]}}]}""").ShouldBe(
            ["begin", "call c1 add", "arguments {}", "call c2 add", "arguments {}"]);

    [Fact]
    public void A_call_without_an_id_gets_one() =>
        EventsOf("""{"choices":[{"message":{"tool_calls":[{"function":{"name":"add","arguments":"{}"}}]}}]}""")[1].ShouldMatch("^call call_[0-9a-f]{16} add$");

    [Theory]
    [InlineData("""{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c1","function":{"name":"a","arguments":"{"}},{"index":1,"id":"c2","function":{"name":"b","arguments":"{"}},{"index":0,"function":{"arguments":"}"}}]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c1","function":{"arguments":"{}"}}]}}]}""")]
    public void What_cannot_be_told_in_order_is_a_fault(string chunk) =>
        new AnswerReader(new RecordingWriter()).Read(Encoding.UTF8.GetBytes(chunk)).ShouldNotBeNull();

    private static List<string> EventsOf(params string[] answers)
    {
        var writer = new RecordingWriter();
        var reader = new AnswerReader(writer);
        foreach (var answer in answers)
        {
            reader.Read(Encoding.UTF8.GetBytes(answer)).ShouldBeNull();
        }

        return writer.Events;
    }
}
