using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Schemas;

/// <summary>A check that lets everything through proves nothing, so each rule is shown a reply that breaks it.</summary>
public sealed class OpenAISchemasTests
{
    private const string Reply = """
        {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,
        "message":{"role":"assistant","content":"Hi","refusal":null},"logprobs":null,"finish_reason":"stop"}],
        "usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}
        """;

    private const string ToolCalls = """[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{}"}}]""";

    [Fact]
    public void A_published_reply_fits() => OpenAISchemas.ShouldBeChatCompletion(Reply);

    [Theory]
    [InlineData("usage", null)]
    [InlineData("usage.prompt_tokens", null)]
    [InlineData("usage.total_tokens", "\"2\"")]
    [InlineData("usage.tokens", "2")]
    [InlineData("id", "7")]
    [InlineData("object", "\"chat.completion.chunk\"")]
    [InlineData("created", "1.5")]
    [InlineData("model", null)]
    [InlineData("extra", "true")]
    [InlineData("choices", "[]")]
    [InlineData("choices.0.finish_reason", "\"end_turn\"")]
    [InlineData("choices.0.finish_reason", "null")]
    [InlineData("choices.0.logprobs", null)]
    [InlineData("choices.0.logprobs", """{"content":[{"token":"Hi","logprob":-0.1,"bytes":[72,105]}],"refusal":null}""")]
    [InlineData("choices.0.message.refusal", null)]
    [InlineData("choices.0.message.content", "[]")]
    [InlineData("choices.0.message.role", "\"user\"")]
    [InlineData("choices.0.message.tool_calls", "[]")]
    [InlineData("choices.0.message.tool_calls", """[{"id":"call_1","type":"function","function":{"name":"f","arguments":{}}}]""")]
    public void A_damaged_reply_is_refused(string path, string? value) =>
        Should.Throw<ShouldAssertException>(() => OpenAISchemas.ShouldBeChatCompletion(With(Reply, path, value)));

    [Theory]
    [InlineData("choices.0.message.content", "null")]
    [InlineData("choices.0.message.tool_calls", ToolCalls)]
    [InlineData("choices.0.stop_reason", "\"###\"")]
    [InlineData("choices.0.message.reasoning_content", "\"Hm.\"")]
    [InlineData("prompt_logprobs", "null")]
    [InlineData("kv_transfer_params", "null")]
    [InlineData("usage.prompt_tokens_details", """{"cached_tokens":0}""")]
    [InlineData("choices.0.logprobs", """{"content":[{"token":"Hi","logprob":-0.1,"bytes":[72,105],"top_logprobs":[]}],"refusal":null}""")]
    public void A_published_or_named_addition_fits(string path, string value) => OpenAISchemas.ShouldBeChatCompletion(With(Reply, path, value));

    [Theory]
    [InlineData("""{"error":{"message":"No.","type":"invalid_request_error","param":null}}""")]
    [InlineData("""{"error":{"message":"No.","type":"invalid_request_error","param":null,"code":404}}""")]
    [InlineData("""{"error":"No."}""")]
    [InlineData("""{"message":"No."}""")]
    public void A_damaged_error_is_refused(string error) => Should.Throw<ShouldAssertException>(() => OpenAISchemas.ShouldBeError(error));

    [Theory]
    [InlineData("""{"id":"m","object":"model","created":1}""")]
    [InlineData("""{"id":"m","object":"model","created":"1","owned_by":"local"}""")]
    [InlineData("""{"id":"m","object":"model","created":1,"owned_by":"local","root":"m"}""")]
    public void A_damaged_model_is_refused(string model)
    {
        Should.Throw<ShouldAssertException>(() => OpenAISchemas.ShouldBeModel(model));
        Should.Throw<ShouldAssertException>(() => OpenAISchemas.ShouldBeModelList($$"""{"object":"list","data":[{{model}}]}"""));
    }

    [Theory]
    [InlineData("""{"object":"list","model":"m","data":[],"usage":{"prompt_tokens":1,"total_tokens":1}}""")]
    [InlineData("""{"object":"list","model":"m","data":[{"object":"embedding","index":0,"embedding":["0.1"]}],"usage":{"prompt_tokens":1,"total_tokens":1}}""")]
    [InlineData("""{"object":"list","model":"m","data":[{"object":"embedding","index":0,"embedding":[0.1]}]}""")]
    public void Damaged_embeddings_are_refused(string embeddings) => Should.Throw<ShouldAssertException>(() => OpenAISchemas.ShouldBeEmbeddings(embeddings));

    private static string With(string reply, string path, string? value)
    {
        var root = JsonNode.Parse(reply)!;
        var names = path.Split('.');
        var parent = names[..^1].Aggregate(root, (node, name) => int.TryParse(name, out var index) ? node[index]! : node[name]!);
        if (value is null)
        {
            parent.AsObject().Remove(names[^1]);
        }
        else
        {
            parent[names[^1]] = JsonNode.Parse(value);
        }

        return root.ToJsonString();
    }
}
