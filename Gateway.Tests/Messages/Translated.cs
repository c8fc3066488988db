using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Api.Messages;
using Gateway.Api.Pipeline;
using Gateway.Api.Requests;
using Gateway.Tests.Providers.Bedrock;
using Shouldly;

namespace Gateway.Tests.Messages;

/// <summary>A request of the Messages API as a chat completion's, made without a server.</summary>
/// <param name="Chat">The chat form, with what only the gateway's own translations know.</param>
/// <param name="OpenAI">The chat form as a server gets it that speaks OpenAI's protocol.</param>
/// <param name="Warnings">What the caller is told wherever it goes.</param>
/// <param name="OpenAIWarnings">What the caller is told besides where such a server answers.</param>
internal sealed record Translated(JsonNode Chat, JsonNode OpenAI, IReadOnlyList<string> Warnings, IReadOnlyList<string> OpenAIWarnings)
{
    public const string Hello = """[{"role":"user","content":"Hello"}]""";

    /// <param name="fields">Fields beside model, limit and messages: <c>"a":1,"b":2</c>.</param>
    public static Translated Of(string messages = Hello, string? fields = null)
    {
        var (draft, chat) = Write(Request(messages, fields));
        draft.Refusal.ShouldBeNull();
        RequestScanner.Scan(chat, Operation.Chat, out _).ShouldBeNull();
        return new Translated(Parse(chat), Parse(Cut(chat, draft.Extensions)), draft.Warnings, draft.Extensions?.Warnings ?? []);
    }

    public static Refusal RefusalOf(string request) => Write(request).Draft.Refusal.ShouldNotBeNull();

    public static string Request(string messages = Hello, string? fields = null) =>
        $$"""{"model":"m","max_tokens":100,"messages":{{messages}}{{(fields is null ? "" : $",{fields}")}}}""";

    public void MessagesShouldBe(string json) => Chat["messages"].ShouldBe(json);

    private static (ChatDraft Draft, byte[] Chat) Write(string request)
    {
        using var output = new PooledBodyWriter();
        using var document = JsonDocument.Parse(request);
        var draft = new ChatDraft(output);
        using (draft)
        {
            new MessagesRequest(document.RootElement, draft).Write(countsOnly: false);
        }

        return (draft, output.Written.ToArray());
    }

    private static byte[] Cut(byte[] chat, ChatExtensions? extensions)
    {
        var kept = new List<byte>();
        var rest = 0;
        foreach (var cut in extensions?.Cuts ?? [])
        {
            kept.AddRange(chat[rest..cut.Start.Value]);
            rest = cut.End.Value;
        }

        return [.. kept, .. chat[rest..]];
    }

    private static JsonNode Parse(byte[] json) => JsonNode.Parse(Encoding.UTF8.GetString(json))!;
}
