using System.Text.Json.Nodes;
using Gateway.Tests.Hosts.Bedrock;
using Gateway.Tests.Schemas;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Providers.Bedrock;

/// <summary>bedrock.md, section 1, line 5.</summary>
[Trait("Requirement", "B1.2")]
public sealed class EmbeddingTests
{
    private const string Titan = "amazon.titan-embed-text-v2:0";
    private const string Cohere = "cohere.embed-english-v3";

    [Fact]
    public async Task S1_5_Titan_is_sent_one_text_a_call_all_at_once_and_their_order_is_kept()
    {
        var arrived = 0;
        var all = new TaskCompletionSource();
        await using var gateway = await BedrockGateway.StartAsync(
            async exchange =>
            {
                if (Interlocked.Increment(ref arrived) == 3)
                {
                    all.SetResult();
                }

                await all.Task;
                await exchange.JsonAsync(new JsonObject { ["embedding"] = new JsonArray(((string)exchange.Body["inputText"]!).Length, 0.5), ["inputTextTokenCount"] = 2 });
            },
            Titan);

        using var response = await gateway.PostAsync("/v1/embeddings", """{"model":"m","input":["a","bb","ccc"],"dimensions":256}""");

        var reply = await BedrockGateway.JsonOf(response);
        OpenAISchemas.ShouldBeEmbeddings(reply.ToJsonString());
        reply["data"]!.AsArray().Select(item => item!["embedding"]!.ToJsonString()).ShouldBe(["[1,0.5]", "[2,0.5]", "[3,0.5]"]);
        reply["usage"].ShouldBe("""{"prompt_tokens":6,"total_tokens":6}""");
        gateway.Bedrock.Last.Body["dimensions"]!.GetValue<int>().ShouldBe(256);
        gateway.Bedrock.Last.Verb.ShouldBe("invoke");
    }

    [Fact]
    public async Task S1_5_Cohere_is_sent_96_texts_a_call()
    {
        await using var gateway = await BedrockGateway.StartAsync(
            exchange =>
            {
                exchange.Http.Response.Headers["x-amzn-bedrock-input-token-count"] = "7";
                var vectors = exchange.Body["texts"]!.AsArray().Select(text => (JsonNode)new JsonArray(int.Parse((string)text!, System.Globalization.CultureInfo.InvariantCulture)));
                return exchange.JsonAsync(new JsonObject { ["embeddings"] = new JsonObject { ["float"] = new JsonArray([.. vectors]) } });
            },
            Cohere);
        var texts = string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"{i}\""));

        using var response = await gateway.PostAsync("/v1/embeddings", $$"""{"model":"m","input":[{{texts}}],"input_type":"search_query"}""");

        var reply = await BedrockGateway.JsonOf(response);
        reply["data"]!.AsArray().Select(item => (int)item!["embedding"]![0]!).ShouldBe(Enumerable.Range(0, 100));
        ((int)reply["usage"]!["total_tokens"]!).ShouldBe(14);
        gateway.Bedrock.Exchanges.Select(exchange => exchange.Body["texts"]!.AsArray().Count).Order().ShouldBe([4, 96]);
        ((string?)gateway.Bedrock.Last.Body["input_type"]).ShouldBe("search_query");
    }

    [Fact]
    public async Task S1_5_Base64_is_32_bit_floats()
    {
        await using var gateway = await BedrockGateway.StartAsync(exchange => exchange.JsonAsync(new JsonObject { ["embedding"] = new JsonArray(1.5, -2), ["inputTextTokenCount"] = 1 }), Titan);

        using var response = await gateway.PostAsync("/v1/embeddings", """{"model":"m","input":"a","encoding_format":"base64"}""");

        var bytes = Convert.FromBase64String((string)(await BedrockGateway.JsonOf(response))["data"]![0]!["embedding"]!);
        (BitConverter.ToSingle(bytes, 0), BitConverter.ToSingle(bytes, 4), bytes.Length).ShouldBe((1.5f, -2f, 8));
    }

    [Fact]
    public async Task S1_5_One_call_that_fails_fails_the_request()
    {
        await using var gateway = await BedrockGateway.StartAsync(
            exchange => (string?)exchange.Body["inputText"] == "b" ? exchange.ErrorAsync(429, "ThrottlingException", "Slow.") : exchange.JsonAsync(new JsonObject { ["embedding"] = new JsonArray(1) }), Titan);

        using var response = await gateway.PostAsync("/v1/embeddings", """{"model":"m","input":["a","b","c"]}""");

        ((int)response.StatusCode).ShouldBe(429);
    }

    [Theory]
    [InlineData(Titan, "\"input\":[1,2,3]")]
    [InlineData(Titan, "\"input\":\" \"")]
    [InlineData(Cohere, "\"input\":\"a\",\"dimensions\":256")]
    [InlineData(Titan, "\"input\":\"a\",\"encoding_format\":\"int8\"")]
    public async Task What_the_model_cannot_do_is_refused(string model, string fields)
    {
        await using var gateway = await BedrockGateway.StartAsync(model: model);

        using var response = await gateway.PostAsync("/v1/embeddings", $$"""{"model":"m",{{fields}}}""");

        ((int)response.StatusCode).ShouldBe(400);
        gateway.Bedrock.Exchanges.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reply_without_a_vector_is_502()
    {
        await using var gateway = await BedrockGateway.StartAsync(exchange => exchange.JsonAsync(new JsonObject()), Titan);

        using var response = await gateway.PostAsync("/v1/embeddings", """{"model":"m","input":"a"}""");

        ((int)response.StatusCode).ShouldBe(502);
    }
}
