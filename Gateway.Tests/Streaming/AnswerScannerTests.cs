using System.Text;
using Gateway.Api.Streaming;
using ServiceDefaults.Usage;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Streaming;

public sealed class AnswerScannerTests
{
    [Fact]
    public void Sees_in_a_reply_what_is_billed()
    {
        const string Reply = """
            {"id":"c1","service_tier":"flex","choices":[
              {"index":0,"message":{"role":"assistant","content":"four","reasoning_content":"hm","tool_calls":[
                {"id":"call_1","type":"function","function":{"name":"f","arguments":"{}"}},
                {"id":"call_2","type":"function","function":{"name":"g","arguments":"[]"}}]},"finish_reason":"tool_calls"},
              {"index":1,"message":{"role":"assistant","content":[{"type":"text","text":"x"}],"refusal":null},"finish_reason":"stop","usage":{"prompt_tokens":99}}],
             "usage":{"prompt_tokens":30,"completion_tokens":5,"total_tokens":35,"prompt_tokens_details":{"cached_tokens":20,"cache_write_tokens":4},"completion_tokens_details":{"reasoning_tokens":3}}}
            """;

        AnswerScanner.TryScan(Encoding.UTF8.GetBytes(Reply), out var facts).ShouldBeTrue();

        facts.ShouldBe(new AnswerFacts
        {
            Finishes = 2,
            WaitsForTools = true,
            HasChoices = true,
            OutputBytes = 4 + 2 + 2 + 2 + 1,
            ToolCalls = 2,
            Usage = new ReportedUsage(Prompt: 30, Completion: 5, Cached: 20, CacheWrite: 4, Reasoning: 3),
            ServiceTier = "flex",
        });
        facts.Usage!.Value.ToTokens().ShouldBe(new UsageTokens(Input: 6, CachedInput: 20, CacheWrite: 4, Output: 5));
    }

    [Fact]
    public void A_service_tier_that_is_no_text_is_taken_as_it_stands()
    {
        AnswerScanner.TryScan("""{"service_tier":"\ud800","usage":{"prompt_tokens":1}}"""u8, out var facts).ShouldBeTrue();

        (facts.ServiceTier, facts.Usage!.Value.Prompt).ShouldBe(("\\ud800", 1));
    }

    [Fact]
    public void A_tool_call_that_comes_in_pieces_counts_once()
    {
        AnswerScanner.TryScan("""{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"call_1","function":{"name":"f","arguments":""}}]}}]}"""u8, out var first).ShouldBeTrue();
        AnswerScanner.TryScan("""{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"a\""}}]}}]}"""u8, out var second).ShouldBeTrue();

        (first.ToolCalls, second.ToolCalls).ShouldBe((1, 0));
    }

    [Theory]
    [InlineData("""{"choices":[],"usage":{"prompt_tokens":1}}""", false, true)]
    [InlineData("""{"choices":[],"usage":null}""", false, false)]
    [InlineData("""{"choices":[{}],"usage":{}}""", true, true)]
    [InlineData("""{"choices":"none","usage":"none"}""", false, false)]
    [InlineData("""{"object":"list","data":[{"embedding":[0.1,2]}],"usage":{"prompt_tokens":8,"total_tokens":8}}""", false, true)]
    public void Tells_a_chunk_of_usage_alone_from_one_with_choices(string chunk, bool hasChoices, bool hasUsage)
    {
        AnswerScanner.TryScan(Encoding.UTF8.GetBytes(chunk), out var facts).ShouldBeTrue();

        (facts.HasChoices, facts.Usage is not null).ShouldBe((hasChoices, hasUsage));
    }

    [Theory]
    [InlineData("""{"prompt_tokens":-1,"completion_tokens":5}""")]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":-5}""")]
    [InlineData("""{"prompt_tokens":1.5,"completion_tokens":5}""")]
    [InlineData("""{"prompt_tokens":"10","completion_tokens":5}""")]
    [InlineData("""{"prompt_tokens":99999999999999999999,"completion_tokens":5}""")]
    [InlineData("""{"prompt_tokens":9223372036854775807,"completion_tokens":5}""")]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":11}}""")]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":6,"cache_write_tokens":6}}""")]
    public void Usage_that_cannot_be_is_no_usage(string usage)
    {
        AnswerScanner.TryScan(Encoding.UTF8.GetBytes($$"""{"choices":[],"usage":{{usage}}}"""), out var facts).ShouldBeTrue();

        facts.Usage.ShouldNotBeNull().ToTokens().ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html></html>")]
    [InlineData("[]")]
    [InlineData("{\"choices\":[")]
    [InlineData("{} {}")]
    public void What_is_not_one_JSON_object_is_no_answer(string data) =>
        AnswerScanner.TryScan(Encoding.UTF8.GetBytes(data), out _).ShouldBeFalse();

    [Theory]
    [InlineData("""{"id":"c1","choices":[],"usage":null}""", """{"id":"c1","choices":[]}""")]
    [InlineData("""{"id":"c1", "usage" : null , "choices":[]}""", """{"id":"c1" , "choices":[]}""")]
    [InlineData("""{"usage":null, "id":"c1"}""", """{ "id":"c1"}""")]
    [InlineData("""{ "usage":null }""", """{  }""")]
    [InlineData("""{"choices":[{"usage":null}]}""", null)]
    public void Finds_an_empty_usage_with_its_comma(string chunk, string? without)
    {
        AnswerScanner.TryScan(Encoding.UTF8.GetBytes(chunk), out var facts).ShouldBeTrue();

        (facts.EmptyUsage is { } cut ? chunk[..cut.Start] + chunk[cut.End..] : null).ShouldBe(without);
    }
}
