using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Gateway.Tests.LocalModel;

public sealed class ChatTests(ModelServer server) : IClassFixture<ModelServer>
{
    private const string Path = "/v1/chat/completions";

    [Fact]
    public async Task A_whole_answer_has_OpenAIs_shape_and_says_that_it_is_simulated()
    {
        var answer = await server.ChatAsync("What is 17 + 25?");

        var id = answer["id"]!.GetValue<string>();
        id.ShouldStartWith("chatcmpl-");
        var created = answer["created"]!.GetValue<long>();
        created.ShouldBeGreaterThan(1_700_000_000);
        answer.ToJsonString().ShouldBe(new JsonObject
        {
            ["id"] = id,
            ["object"] = "chat.completion",
            ["created"] = created,
            ["model"] = ModelServer.ChatModel,
            ["system_fingerprint"] = "simulated",
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = "17 + 25 = 42. That much even a simulated model can work out.", ["refusal"] = null },
                ["logprobs"] = null,
                ["finish_reason"] = "stop",
                ["stop_reason"] = null,
            }),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 10, ["total_tokens"] = 29, ["completion_tokens"] = 19, ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = 0 } },
        }.ToJsonString());
    }

    [Theory]
    [InlineData("Hello! What are you?")]
    [InlineData("Please introduce yourself.")]
    public async Task Asked_what_it_is_it_says_that_it_is_simulated(string question) =>
        Content(await server.ChatAsync(question)).ShouldMatch("simulated.*real");

    [Fact]
    public async Task Equal_requests_get_equal_answers_and_a_seed_or_a_choice_changes_them()
    {
        const string Question = "Explain why oceans have tides";
        var first = Content(await server.ChatAsync(Question, new { seed = 7 }));
        Content(await server.ChatAsync(Question, new { seed = 7 })).ShouldBe(first);
        first.ShouldContain("tides");

        var seeds = new HashSet<string>();
        for (var seed = 0; seed < 5; seed++)
        {
            seeds.Add(Content(await server.ChatAsync(Question, new { seed })));
        }

        seeds.Count.ShouldBeGreaterThan(1);
        var choices = (await server.ChatAsync(Question, new { n = 12 }))["choices"]!.AsArray();
        choices.Select(choice => choice!["index"]!.GetValue<int>()).ShouldBe(Enumerable.Range(0, 12));
        choices.Select(choice => choice!["message"]!["content"]!.GetValue<string>()).Distinct().Count().ShouldBe(12);
    }

    [Theory]
    [InlineData(" three f", "one two")]
    [InlineData("wo", "one t")]
    [InlineData("nothing of the kind", "one two three four")]
    public async Task Stops_where_told_across_token_borders(string stop, string expected)
    {
        var answer = await server.ChatAsync("Reply with exactly: one two three four", new { stop = new[] { stop, "zzz" } });
        Content(answer).ShouldBe(expected);
        answer["choices"]![0]!["finish_reason"]!.GetValue<string>().ShouldBe("stop");
    }

    [Fact]
    public async Task Length_limits_are_exact_and_counted()
    {
        var cut = await server.ChatAsync("Explain tides", new { max_tokens = 5, n = 2 });
        cut["choices"]!.AsArray().Select(choice => choice!["finish_reason"]!.GetValue<string>()).ShouldBe(["length", "length"]);
        cut["usage"]!["completion_tokens"]!.GetValue<int>().ShouldBe(10);

        var exact = await server.ChatAsync("Explain tides", new { max_completion_tokens = 300, ignore_eos = true });
        exact["usage"]!["completion_tokens"]!.GetValue<int>().ShouldBe(300);
        exact["choices"]![0]!["finish_reason"]!.GetValue<string>().ShouldBe("length");

        var longer = await server.ChatAsync("hi", new { min_tokens = 100 });
        longer["usage"]!["completion_tokens"]!.GetValue<int>().ShouldBeGreaterThanOrEqualTo(100);
        longer["choices"]![0]!["finish_reason"]!.GetValue<string>().ShouldBe("stop");
    }

    [Fact]
    public async Task Log_probabilities_belong_to_the_tokens_in_order()
    {
        var choice = (await server.ChatAsync("Explain tides", new { logprobs = true, top_logprobs = 20 }))["choices"]![0]!;
        var tokens = choice["logprobs"]!["content"]!.AsArray();
        string.Concat(tokens.Select(token => token!["token"]!.GetValue<string>())).ShouldBe(choice["message"]!["content"]!.GetValue<string>());
        foreach (var token in tokens)
        {
            var top = token!["top_logprobs"]!.AsArray();
            top.Count.ShouldBe(20);
            top[0]!["token"]!.GetValue<string>().ShouldBe(token["token"]!.GetValue<string>());
            top.Select(other => other!["token"]!.GetValue<string>()).Distinct().Count().ShouldBe(20);
            var logprobs = top.Select(other => other!["logprob"]!.GetValue<double>()).ToList();
            logprobs.ShouldBe(logprobs.OrderDescending());
            logprobs.Sum(Math.Exp).ShouldBeLessThanOrEqualTo(1.00001);
        }
    }

    [Fact]
    public async Task Continues_a_partial_answer_with_exactly_what_was_missing()
    {
        var whole = Content(await server.ChatAsync("Explain tides"));
        var body = ModelServer.Chat("Explain tides", new { continue_final_message = true, add_generation_prompt = false });
        body["messages"]!.AsArray().Add(new JsonObject { ["role"] = "assistant", ["content"] = whole[..20] });

        (whole[..20] + Content(await server.AskAsync(Path, body))).ShouldBe(whole);
        using var refused = await server.SendAsync(Path, (JsonObject)body.DeepClone(), "refuse_prefill");
        ((int)refused.StatusCode).ShouldBe(400);
    }

    [Fact]
    public async Task Takes_every_role_parts_and_images()
    {
        var body = new JsonObject
        {
            ["model"] = ModelServer.ChatModel,
            ["messages"] = JsonNode.Parse("""
                [ { "role": "system", "content": "Be brief." }, { "role": "developer", "content": [ { "type": "text", "text": "Really." } ] },
                  { "role": "user", "content": [ { "type": "text", "text": "What is in this picture?" }, { "type": "image_url", "image_url": { "url": "data:image/png;base64,AAAA" } } ] } ]
                """),
        };
        Content(await server.AskAsync(Path, body)).ShouldContain("1 image");
    }

    [Fact]
    public async Task Answers_from_product_data_in_the_prompt()
    {
        var body = ModelServer.Chat("Which city lamp do you have?");
        body["messages"]!.AsArray().Insert(0, new JsonObject
        {
            ["role"] = "system",
            ["content"] = "<product_data>\n{\"title\":\"Trail Lamp 200\",\"price\":{\"amount\":3490,\"currency\":\"EUR\"},\"availability\":\"in_stock\"}\n{\"title\":\"City Lamp\",\"price\":\"12.00 EUR\",\"available\":false}\n</product_data>",
        });
        Content(await server.AskAsync(Path, body)).ShouldBe("From the product data (simulated answer): City Lamp at 12.00 EUR, out of stock; Trail Lamp 200 at 34.90 EUR, in stock.");
    }

    private static string Content(JsonNode answer) => answer["choices"]![0]!["message"]!["content"]!.GetValue<string>();
}
