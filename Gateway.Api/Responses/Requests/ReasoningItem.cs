using System.Buffers.Text;
using System.Text.Json;
using Gateway.Api.Requests;

namespace Gateway.Api.Responses.Requests;

/// <summary>
/// What a model reasoned, as an item. Its <c>encrypted_content</c> holds the reply's <c>thinking_blocks</c>, signed or encrypted by
/// the provider, which some models must be sent back: <c>gw1.</c> and their JSON in base64url.
/// </summary>
internal static class ReasoningItem
{
    private const string Prefix = "gw1.";

    /// <param name="thinkingBlocks">A JSON list.</param>
    public static string Seal(ReadOnlySpan<byte> thinkingBlocks) => Prefix + Base64Url.EncodeToString(thinkingBlocks);

    /// <summary>Writes the <c>thinking_blocks</c> of an assistant's message, which no API of OpenAI's has.</summary>
    public static void WriteToChat(Utf8JsonWriter json, IReadOnlyList<JsonElement> items, ChatExtensions extensions)
    {
        var blocks = items.SelectMany(BlocksOf).ToList();
        if (blocks.Count == 0)
        {
            return;
        }

        var start = PositionOf(json);
        json.WriteStartArray("thinking_blocks");
        blocks.ForEach(json.WriteRaw);
        json.WriteEndArray();
        extensions.Add(start..PositionOf(json), "reasoning of earlier turns was ignored: the target takes none");
    }

    /// <summary>Whether an item holds something that can be sent back; what another sealed says nothing here.</summary>
    public static bool IsSealed(JsonElement item) => item.FindText("encrypted_content")?.StartsWith(Prefix, StringComparison.Ordinal) == true;

    private static int PositionOf(Utf8JsonWriter json) => (int)json.BytesCommitted + json.BytesPending;

    private static IEnumerable<JsonElement> BlocksOf(JsonElement item)
    {
        if (!IsSealed(item))
        {
            return [];
        }

        try
        {
            using var blocks = JsonDocument.Parse(Base64Url.DecodeFromChars(item.FindText("encrypted_content").AsSpan(Prefix.Length)));
            return blocks.RootElement.ValueKind == JsonValueKind.Array ? [.. blocks.RootElement.Clone().EnumerateArray()] : [];
        }
        catch (Exception tampered) when (tampered is FormatException or JsonException)
        {
            return [];
        }
    }
}
