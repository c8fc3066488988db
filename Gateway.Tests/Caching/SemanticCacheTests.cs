using System.Text.Json.Nodes;
using Gateway.Api.Caching.Semantic;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Caching;

/// <summary>The upstream's embeddings are angles: a text that ends in a number means what one means that ends in a number near it.</summary>
[Trait("Requirement", "G5.3")]
public sealed class SemanticCacheTests
{
    private static readonly (string, string)[] Settings =
        [("Gateway:Flags:SemanticCache:Enabled", "true"), ("Gateway:Cache:Semantic:Embeddings", "local-embeddings"), ("Gateway:Cache:Semantic:Threshold", "0.99")];

    [Fact]
    public async Task A_question_of_the_same_meaning_is_answered_from_the_cache_and_says_so()
    {
        await using var system = await StartAsync(Settings);
        await system.AskAsync(CachedGateway.Chat("how warm is it at 10"));
        using var near = await system.PostAsync(CachedGateway.Chat("what is the temperature at 13"));
        var (cache, body) = await CachedGateway.ReadAsync(near);

        (cache, body).ShouldBe(("hit", CachedGateway.Reply("to 10")));
        near.Headers.GetValues("x-gateway-warnings").Single().ShouldStartWith("semantic: the answer to a question of the same meaning, similarity 0.999");
        near.Headers.GetValues("x-gateway-cost-usd").ShouldBe(["0"]);
        (await system.AskAsync(CachedGateway.Chat("how warm is it at 60"))).ShouldBe(("miss", CachedGateway.Reply("to 60")));
    }

    [Theory]
    [InlineData(""","seed":1""", null)]
    [InlineData(""","max_tokens":10""", null)]
    [InlineData("", "system")]
    [InlineData("", "stream")]
    [InlineData("", "tenant")]
    [InlineData("", "alias")]
    public async Task All_else_has_to_be_the_same(string more, string? change)
    {
        await using var system = await StartAsync([.. Settings, ("Gateway:Models:other:Targets:0:Provider", "local"), ("Gateway:Models:other:Targets:0:Model", "microsoft/Phi-3-mini-4k-instruct")]);
        using var other = await system.CallerOfAsync("other");
        await system.AskAsync(CachedGateway.Chat("at 10"));
        var asked = CachedGateway.Chat("at 11", stream: change == "stream", more);
        asked = change == "system" ? asked.Replace("[{\"role\"", "[{\"role\":\"system\",\"content\":\"at 10\"},{\"role\"", StringComparison.Ordinal)
            : change == "alias" ? asked.Replace("phi-3-mini", "other", StringComparison.Ordinal)
            : asked;

        (await CachedGateway.ReadAsync(await CachedGateway.PostAsync(change == "tenant" ? other : system.Caller, "/v1/chat/completions", asked))).Cache.ShouldBe("miss");
    }

    [Fact]
    public async Task It_is_off_unless_it_is_switched_on()
    {
        await using var system = await StartAsync(Settings[1..]);
        await system.AskAsync(CachedGateway.Chat("at 10"));

        (await system.AskAsync(CachedGateway.Chat("at 11"))).Cache.ShouldBe("miss");
        system.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task Where_no_embedding_is_to_be_had_the_question_is_answered_anew()
    {
        await using var system = await StartAsync([.. Settings, ("Gateway:Limits:Retries", "0")]);
        system.Script = (context, asked, _) => context.Request.Path.Value!.EndsWith("embeddings", StringComparison.Ordinal)
            ? TwoTargets.FailAsync(context, 500)
            : CachedGateway.SendAsync(context, CachedGateway.Reply("anew"));

        (await system.AskAsync(CachedGateway.Chat("at 10"))).ShouldBe(("miss", CachedGateway.Reply("anew")));
        (await system.AskAsync(CachedGateway.Chat("at 10"))).Cache.ShouldBe("hit");
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"a"},{"content":"b\u0063","role":"user"}]}""", "bc")]
    [InlineData("""{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}""", null)]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"text","text":"a"}]}]}""", null)]
    [InlineData("""{"messages":[{"role":"user","content":""}]}""", null)]
    [InlineData("""{"messages":[]}""", null)]
    public void The_question_is_what_a_user_says_last(string body, string? question) => LastQuestion.Read(System.Text.Encoding.UTF8.GetBytes(body))?.Text.ShouldBe(question);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(1536)]
    public void The_dot_product_is_that_of_all_parts(int length)
    {
        var random = new Random(length);
        var a = Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var b = Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var expected = a.Zip(b).Sum(pair => (double)pair.First * pair.Second);

        ((double)UnitVector.Dot(a, b)).ShouldBe(expected, 1e-3);
        UnitVector.TryNormalize(a).ShouldBeTrue();
        ((double)UnitVector.Dot(a, a)).ShouldBe(1, 1e-5);
        UnitVector.TryNormalize(new float[length]).ShouldBeFalse();
    }

    private static async Task<CachedGateway> StartAsync(params (string, string)[] settings)
    {
        var system = await CachedGateway.StartAsync(settings);
        system.Script = async (context, asked, _) =>
        {
            var body = JsonNode.Parse(asked)!;
            var text = (string)(body["input"] ?? body["messages"]!.AsArray()[^1]!["content"])!;
            var number = int.Parse(text.Split(' ')[^1]);
            if (body["input"] is not null)
            {
                var (sin, cos) = Math.SinCos(number * Math.PI / 180);
                await context.Response.WriteAsJsonAsync(new { @object = "list", data = new[] { new { index = 0, embedding = new[] { 5 * cos, 5 * sin } } }, usage = new { prompt_tokens = 1, total_tokens = 1 } });
                return;
            }

            await ((bool?)body["stream"] == true
                ? CachedGateway.StreamAsync(context, CachedGateway.Chunk($"to {number}"), CachedGateway.Finish(), TwoTargets.Done)
                : CachedGateway.SendAsync(context, CachedGateway.Reply($"to {number}")));
        };
        return system;
    }
}
