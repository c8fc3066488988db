using System.Text.Json;

namespace Gateway.Api.Streaming;

/// <summary>
/// Looks at the data of one frame, such as
/// <c>{"id":"…","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}]}</c>, and says what it is.
/// </summary>
internal static class ChunkScanner
{
    private const int DepthOfRootFields = 1;
    private const int DepthOfChoiceFields = 3;

    /// <param name="data">What follows <c>data:</c> in the frame.</param>
    /// <param name="finishes">How many choices have their finish reason in it.</param>
    public static ChunkKind Scan(ReadOnlySpan<byte> data, out int finishes)
    {
        finishes = 0;
        if (data.IsEmpty)
        {
            return ChunkKind.KeepAlive;
        }

        if (data.SequenceEqual("[DONE]"u8))
        {
            return ChunkKind.Done;
        }

        try
        {
            return ScanObject(data, ref finishes);
        }
        catch (JsonException)
        {
            return ChunkKind.Malformed;
        }
    }

    private static ChunkKind ScanObject(ReadOnlySpan<byte> data, ref int finishes)
    {
        var json = new Utf8JsonReader(data);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            return ChunkKind.Malformed;
        }

        var kind = ChunkKind.Content;
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (json.CurrentDepth == DepthOfRootFields && json.ValueTextEquals("error"u8))
            {
                kind = HasValue(ref json) ? ChunkKind.Error : kind;
            }
            else if (json.CurrentDepth == DepthOfChoiceFields && json.ValueTextEquals("finish_reason"u8))
            {
                finishes += HasValue(ref json) ? 1 : 0;
            }
        }

        return kind;
    }

    private static bool HasValue(ref Utf8JsonReader json) => json.Read() && json.TokenType != JsonTokenType.Null;
}
