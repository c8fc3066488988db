using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Gateway.Tests.LocalModel;

public sealed class CompletionTests(ModelServer server) : IClassFixture<ModelServer>
{
    private const string Path = "/v1/completions";

    [Fact]
    public async Task Echo_and_log_probabilities_cover_the_prompt_and_the_answer()
    {
        var answer = await server.AskAsync(Path, Body(new { prompt = "Tides are", echo = true, logprobs = 2, max_tokens = 4 }));
        answer["object"]!.GetValue<string>().ShouldBe("text_completion");
        var choice = answer["choices"]![0]!;
        var text = choice["text"]!.GetValue<string>();
        text.ShouldStartWith("Tides are");
        var logprobs = choice["logprobs"]!;
        var tokens = logprobs["tokens"]!.AsArray().Select(token => token!.GetValue<string>()).ToList();
        string.Concat(tokens).ShouldBe(text);
        tokens.Count.ShouldBe(3 + 4);
        logprobs["text_offset"]!.AsArray().Select(offset => offset!.GetValue<int>()).ShouldBe(tokens.Select((_, index) => tokens.Take(index).Sum(token => token.Length)));
        logprobs["token_logprobs"]!.AsArray().Count(value => value is null).ShouldBe(1);
        logprobs["top_logprobs"]!.AsArray().Count.ShouldBe(7);
        (answer["usage"]!["prompt_tokens"]!.GetValue<int>(), answer["usage"]!["completion_tokens"]!.GetValue<int>()).ShouldBe((3, 4));
    }

    [Fact]
    public async Task Prompts_are_answered_in_order_each_n_times()
    {
        var answer = await server.AskAsync(Path, Body(new { prompt = new[] { "What is 1 + 1?", "What is 2 + 2?" }, n = 2, max_tokens = 6 }));
        var choices = answer["choices"]!.AsArray();
        choices.Select(choice => choice!["index"]!.GetValue<int>()).ShouldBe([0, 1, 2, 3]);
        choices.Select(choice => choice!["text"]!.GetValue<string>()).ShouldBe([" 1 + 1 = 2.", " 1 + 1 = 2.", " 2 + 2 = 4.", " 2 + 2 = 4."]);
        answer["usage"]!["completion_tokens"]!.GetValue<int>().ShouldBe(24);
    }

    [Fact]
    public async Task Token_ids_count_one_each_and_the_default_length_is_16()
    {
        var one = await server.AskAsync(Path, Body(new { prompt = new[] { 5, 6, 7 } }));
        (one["usage"]!["prompt_tokens"]!.GetValue<int>(), one["usage"]!["completion_tokens"]!.GetValue<int>()).ShouldBe((3, 16));
        var two = await server.AskAsync(Path, Body(new { prompt = new[] { new[] { 1, 2 }, new[] { 3 } } }));
        two["usage"]!["prompt_tokens"]!.GetValue<int>().ShouldBe(3);
        two["choices"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_stream_joins_to_the_whole_text()
    {
        var more = new { prompt = "Explain tides", max_tokens = 9, echo = true, logprobs = 1 };
        var whole = (await server.AskAsync(Path, Body(more)))["choices"]![0]!;
        var events = await server.EventsAsync(Path, Body(more));
        events[^1].ShouldBe("[DONE]");
        var chunks = events.SkipLast(1).Select(data => JsonNode.Parse(data)!["choices"]![0]!).ToList();
        string.Concat(chunks.Select(chunk => chunk["text"]!.GetValue<string>())).ShouldBe(whole["text"]!.GetValue<string>());
        chunks.SkipLast(1).SelectMany(chunk => chunk["logprobs"]!["text_offset"]!.AsArray()).Select(offset => offset!.GetValue<int>())
            .ShouldBe(whole["logprobs"]!["text_offset"]!.AsArray().Select(offset => offset!.GetValue<int>()));
        chunks[^1]["finish_reason"]!.GetValue<string>().ShouldBe("length");
    }

    [Theory]
    [InlineData("""{}""", "prompt")]
    [InlineData("""{"prompt":3}""", "prompt")]
    [InlineData("""{"prompt":[]}""", "prompt")]
    [InlineData("""{"prompt":["a",{}]}""", "prompt[1]")]
    [InlineData("""{"prompt":[1,-2]}""", "prompt")]
    [InlineData("""{"prompt":"a","n":3,"best_of":2}""", "best_of")]
    [InlineData("""{"prompt":"a","logprobs":true}""", "logprobs")]
    public async Task Bad_prompts_are_refused(string change, string param)
    {
        var body = JsonNode.Parse(change)!.AsObject();
        body["model"] = ModelServer.ChatModel;
        var (status, error) = await server.RefusedAsync(Path, body);
        (status, error["param"]!.GetValue<string>()).ShouldBe((400, param));
    }

    private static JsonObject Body(object more) => ModelServer.With(new JsonObject { ["model"] = ModelServer.ChatModel }, more);
}
