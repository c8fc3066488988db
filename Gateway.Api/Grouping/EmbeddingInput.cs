using System.Text.Json;
using Gateway.Api.Requests;

namespace Gateway.Api.Grouping;

/// <summary>Where a request for embeddings has its inputs: <c>"input": "a"</c>, <c>["a","b"]</c>, <c>[1,2]</c> (one, in tokens) or <c>[[1,2],[3]]</c>.</summary>
/// <param name="Value">The whole value.</param>
/// <param name="Items">The inputs with the commas between them.</param>
/// <param name="Count">How many they are.</param>
/// <param name="IsTokens">Whether they are tokens; a call takes the one kind or the other.</param>
internal readonly record struct EmbeddingInput(Range Value, Range Items, int Count, bool IsTokens)
{
    public int Bytes => Items.End.Value - Items.Start.Value;

    /// <param name="body">Looked through before.</param>
    public static bool TryRead(ReadOnlySpan<byte> body, out EmbeddingInput input)
    {
        var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = RequestScanner.MaxDepth });
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("input"u8))
            {
                json.Read();
                return TryReadValue(ref json, out input);
            }

            json.Skip();
        }

        input = default;
        return false;
    }

    private static bool TryReadValue(ref Utf8JsonReader json, out EmbeddingInput input)
    {
        var start = (int)json.TokenStartIndex;
        if (json.TokenType == JsonTokenType.String)
        {
            var text = start..(int)json.BytesConsumed;
            input = new EmbeddingInput(text, text, Count: 1, IsTokens: false);
            return true;
        }

        input = default;
        if (json.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        var first = (int)json.BytesConsumed;
        var count = 0;
        var kind = JsonTokenType.None;
        for (; json.Read() && json.TokenType != JsonTokenType.EndArray; count++)
        {
            if ((kind != JsonTokenType.None && json.TokenType != kind) || json.TokenType is not (JsonTokenType.String or JsonTokenType.Number or JsonTokenType.StartArray))
            {
                return false;
            }

            kind = json.TokenType;
            json.Skip();
        }

        var all = start..(int)json.BytesConsumed;
        input = kind == JsonTokenType.Number
            ? new EmbeddingInput(all, all, Count: 1, IsTokens: true)
            : new EmbeddingInput(all, first..(int)json.TokenStartIndex, count, kind == JsonTokenType.StartArray);
        return count > 0;
    }
}
