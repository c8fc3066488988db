using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Api.Pipeline;
using Gateway.Api.Providers.Bedrock.Models;
using Gateway.Api.Providers.Bedrock.Requests;
using Gateway.Tests.Hosts.Bedrock;
using Shouldly;

namespace Gateway.Tests.Providers.Bedrock;

/// <summary>Translates requests without a server. What comes out is what Bedrock would take, or the test fails.</summary>
internal static class Converse
{
    public const string Claude3 = "anthropic.claude-3-haiku-20240307-v1:0";
    public const string Claude4 = "eu.anthropic.claude-sonnet-4-20250514-v1:0";
    public const string Claude45 = "global.anthropic.claude-sonnet-4-5-20250929-v1:0";
    public const string Claude46 = "anthropic.claude-opus-4-6-v1";
    public const string Nova = "amazon.nova-lite-v1:0";
    public const string Nova2 = "us.amazon.nova-2-lite-v1:0";
    public const string GptOss = "openai.gpt-oss-120b-1:0";
    public const string Llama = "meta.llama3-3-70b-instruct-v1:0";
    public const string Unknown = "some.model-v1:0";

    public const string Hello = """[{"role":"user","content":"Hello"}]""";

    /// <param name="fields">The request's fields beside its messages, each followed by nothing: <c>"a":1,"b":2</c>.</param>
    public static JsonObject Of(string messages, string? fields = null, string model = Unknown) => Of(messages, fields, model, out _);

    public static JsonObject Of(string messages, string? fields, string model, out Translation translation)
    {
        var request = Translate(messages, fields, model, out translation);
        translation.Refusal.ShouldBeNull();
        ConverseRules.Fault(request).ShouldBeNull();
        return request;
    }

    public static Refusal RefusalOf(string messages, string? fields = null, string model = Unknown)
    {
        Translate(messages, fields, model, out var translation);
        return translation.Refusal.ShouldNotBeNull();
    }

    public static JsonNode MessagesOf(string messages, string? fields = null, string model = Unknown) => Of(messages, fields, model)["messages"]!;

    public static void ShouldBe(this JsonNode? actual, string json) =>
        JsonNode.DeepEquals(actual, JsonNode.Parse(json)).ShouldBeTrue($"{actual?.ToJsonString()}\nshould be\n{json}");

    private static JsonObject Translate(string messages, string? fields, string model, out Translation translation)
    {
        using var output = new PooledBodyWriter();
        var others = fields is null ? "" : $",{fields}";
        using var document = JsonDocument.Parse($$"""{"model":"alias","messages":{{messages}}{{others}} }""");
        translation = new Translation(model, QuirkTable.Of(model));
        ConverseRequest.WriteChat(output, document.RootElement, translation);
        return JsonNode.Parse(Encoding.UTF8.GetString(output.Written.Span))!.AsObject();
    }
}
