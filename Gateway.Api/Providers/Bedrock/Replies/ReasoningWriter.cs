using System.Text.Json;
using Gateway.Api.Providers.Replies;

namespace Gateway.Api.Providers.Bedrock.Replies;

/// <summary>
/// Writes what a model thought: <c>reasoning_content</c>, its words, and <c>thinking_blocks</c>, which a caller sends back with the next
/// request as they are: Claude goes on from a tool's result only with the signed or redacted reasoning that led to the call.
/// </summary>
internal static class ReasoningWriter
{
    /// <param name="blocks"><c>{"reasoningText":{"text":"…","signature":"…"}}</c> or <c>{"redactedContent":"base64"}</c></param>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<JsonElement> blocks)
    {
        if (blocks.Count == 0)
        {
            return;
        }

        var words = blocks.Select(block => block.Find("reasoningText")?.FindText("text")).Where(text => text is not null).ToList();
        if (words.Count > 0)
        {
            json.WriteString("reasoning_content", string.Concat(words));
        }

        if (!blocks.Any(IsForReplay))
        {
            return;
        }

        json.WriteStartArray("thinking_blocks");
        foreach (var block in blocks.Where(IsForReplay))
        {
            MessageParts.WriteThinking(json, block.Find("reasoningText")?.FindText("text"), block.Find("reasoningText")?.FindText("signature"), block.FindText("redactedContent"));
        }

        json.WriteEndArray();
    }

    private static bool IsForReplay(JsonElement block) => block.Find("redactedContent") is not null || block.Find("reasoningText")?.Find("signature") is not null;
}
