using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Gateway.Tests.LocalModel;

public sealed class EmbeddingTests(ModelServer server) : IClassFixture<ModelServer>
{
    private const string Path = "/v1/embeddings";

    [Fact]
    public async Task Similar_texts_are_near_and_others_far()
    {
        var vectors = await EmbedAsync(new
        {
            input = new[] { "How do I reset my password?", "I forgot my password, how can I reset it?", "The price of running shoes in winter", "Cheap winter running shoes" },
        });
        vectors.ShouldAllBe(vector => vector.Length == 384 && Math.Abs(Cosine(vector, vector) - 1) < 1e-4);
        (Cosine(vectors[0], vectors[1]) - Cosine(vectors[0], vectors[2])).ShouldBeGreaterThan(0.3);
        (Cosine(vectors[2], vectors[3]) - Cosine(vectors[1], vectors[3])).ShouldBeGreaterThan(0.3);
        (await EmbedAsync(new { input = "How do I reset my password?" }))[0].ShouldBe(vectors[0]);
    }

    [Fact]
    public async Task Base64_holds_the_same_floats_and_dimensions_shorten_them()
    {
        var plain = (await EmbedAsync(new { input = "hello world", dimensions = 64 }))[0];
        plain.Length.ShouldBe(64);
        var answer = await server.AskAsync(Path, Body(new { input = "hello world", dimensions = 64, encoding_format = "base64" }));
        MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(answer["data"]![0]!["embedding"]!.GetValue<string>())).ToArray().ShouldBe(plain);
        answer["usage"]!.ToJsonString().ShouldBe("""{"prompt_tokens":4,"total_tokens":4,"completion_tokens":0,"prompt_tokens_details":{"cached_tokens":0}}""");
    }

    [Fact]
    public async Task Token_ids_and_texts_without_words_have_vectors_too()
    {
        (await EmbedAsync(new { input = new[] { new[] { 1, 2, 3 }, new[] { 4 } } })).Count.ShouldBe(2);
        var vector = (await EmbedAsync(new { input = "!?" }))[0];
        Cosine(vector, vector).ShouldBe(1, 1e-4);
    }

    [Theory]
    [InlineData("""{"input":""}""", "input")]
    [InlineData("""{"input":["a",""]}""", "input[1]")]
    [InlineData("""{"input":"a","dimensions":385}""", "dimensions")]
    [InlineData("""{"input":"a","encoding_format":"hex"}""", "encoding_format")]
    [InlineData("""{"input":"a","model":"microsoft/Phi-3-mini-4k-instruct"}""", "model")]
    public async Task Bad_input_is_refused(string change, string param)
    {
        var body = JsonNode.Parse(change)!.AsObject();
        body.TryAdd("model", ModelServer.EmbeddingModel);
        var (status, error) = await server.RefusedAsync(Path, body);
        (status, error["param"]!.GetValue<string>()).ShouldBe((400, param));
    }

    private async Task<List<float[]>> EmbedAsync(object more)
    {
        var answer = await server.AskAsync(Path, Body(more));
        return [.. answer["data"]!.AsArray().Select(item => item!["embedding"]!.AsArray().Select(value => value!.GetValue<float>()).ToArray())];
    }

    private static JsonObject Body(object more) => ModelServer.With(new JsonObject { ["model"] = ModelServer.EmbeddingModel }, more);

    private static double Cosine(float[] left, float[] right) => left.Zip(right, (a, b) => (double)a * b).Sum();
}
