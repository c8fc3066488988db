using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Gateway.Tests.LocalModel;

public sealed class ChatStreamTests(ModelServer server) : IClassFixture<ModelServer>
{
    private const string Path = "/v1/chat/completions";

    [Fact]
    public async Task The_whole_sequence_of_chunks_is_as_OpenAI_sends_it()
    {
        var events = await server.EventsAsync(Path, ModelServer.Chat("Reply with exactly: one two", new { n = 2, stream_options = new { include_usage = true }, max_tokens = 3 }));

        var first = JsonNode.Parse(events[0])!;
        var prompt = JsonNode.Parse(events[^2])!["usage"]!["prompt_tokens"]!.GetValue<int>();
        var head = $$"""{"id":"{{first["id"]}}","object":"chat.completion.chunk","created":{{first["created"]}},"model":"{{ModelServer.ChatModel}}","system_fingerprint":"simulated","choices":[""";
        string Chunk(int index, string delta, string finish = "null") => $$"""{{head}}{"index":{{index}},"delta":{{delta}},"logprobs":null,"finish_reason":{{finish}}],"usage":null}""";
        events.ShouldBe(
        [
            Chunk(0, """{"role":"assistant","content":""}""", "null}"),
            Chunk(1, """{"role":"assistant","content":""}""", "null}"),
            Chunk(0, """{"content":"one"}""", "null}"),
            Chunk(1, """{"content":"one"}""", "null}"),
            Chunk(0, """{"content":" two"}""", "null}"),
            Chunk(1, """{"content":" two"}""", "null}"),
            Chunk(0, "{}", "\"stop\",\"stop_reason\":null}"),
            Chunk(1, """{"content":" ("}""", "null}"),
            Chunk(1, "{}", "\"length\",\"stop_reason\":null}"),
            head + $$"""],"usage":{"prompt_tokens":{{prompt}},"total_tokens":{{prompt + 5}},"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":0} } }""".Replace(" }", "}", StringComparison.Ordinal),
            "[DONE]",
        ]);
    }

    [Fact]
    public async Task A_stream_says_and_counts_what_the_whole_answer_does()
    {
        var whole = await server.ChatAsync("Explain tides, please", new { seed = 3 });
        var events = await server.EventsAsync(Path, ModelServer.Chat("Explain tides, please", new { seed = 3, stream_options = new { include_usage = true } }));
        string.Concat(events.SkipLast(2).Select(data => JsonNode.Parse(data)!["choices"]![0]!["delta"]!["content"]?.GetValue<string>()))
            .ShouldBe(whole["choices"]![0]!["message"]!["content"]!.GetValue<string>());
        JsonNode.Parse(events[^2])!["usage"]!.ToJsonString().ShouldBe(whole["usage"]!.ToJsonString());
    }

    [Fact]
    public async Task Without_include_usage_no_chunk_speaks_of_it()
    {
        var events = await server.EventsAsync(Path, ModelServer.Chat("hello"));
        events.ShouldAllBe(data => !data.Contains("usage", StringComparison.Ordinal));
        events[^1].ShouldBe("[DONE]");
    }

    [Fact]
    public async Task Continuous_usage_grows_with_the_tokens()
    {
        var events = await server.EventsAsync(Path, ModelServer.Chat("Explain tides", new { max_tokens = 4, stream_options = new { include_usage = true, continuous_usage_stats = true } }));
        events.SkipLast(1).Select(data => JsonNode.Parse(data)!["usage"]!["completion_tokens"]!.GetValue<int>()).ShouldBe([0, 1, 2, 3, 4, 4, 4]);
    }

    [Fact]
    public async Task Tool_calls_come_as_a_head_and_fragments_that_join_to_the_arguments()
    {
        var tools = new[] { ToolTests.Weather };
        var whole = await server.ChatAsync("What's the weather in Paris and in Rome?", new { tools });
        var events = await server.EventsAsync(Path, ModelServer.Chat("What's the weather in Paris and in Rome?", new { tools, stream_options = new { include_usage = true } }));
        var chunks = events.SkipLast(2).Select(data => JsonNode.Parse(data)!["choices"]![0]!).ToList();

        chunks[0]["delta"]!.ToJsonString().ShouldBe("""{"role":"assistant","content":""}""");
        chunks[^1]["delta"]!.ToJsonString().ShouldBe("{}");
        chunks[^1]["finish_reason"]!.GetValue<string>().ShouldBe("tool_calls");
        var fragments = chunks[1..^1].Select(chunk => chunk["delta"]!["tool_calls"]!.AsArray().Single()!).ToList();
        var heads = fragments.Where(fragment => fragment["id"] is not null).ToList();
        heads.Select(head => head["index"]!.GetValue<int>()).ShouldBe([0, 1]);
        heads.ShouldAllBe(head => head["type"]!.GetValue<string>() == "function" && head["function"]!["name"]!.GetValue<string>() == "get_weather");

        var expected = whole["choices"]![0]!["message"]!["tool_calls"]!.AsArray();
        for (var index = 0; index < expected.Count; index++)
        {
            string.Concat(fragments.Where(fragment => fragment["index"]!.GetValue<int>() == index).Select(fragment => fragment["function"]!["arguments"]!.GetValue<string>()))
                .ShouldBe(expected[index]!["function"]!["arguments"]!.GetValue<string>());
            heads[index]["id"]!.GetValue<string>().ShouldBe(expected[index]!["id"]!.GetValue<string>());
        }

        JsonNode.Parse(events[^2])!["usage"]!.ToJsonString().ShouldBe(whole["usage"]!.ToJsonString());
    }
}
