using System.Text.Json;

namespace Gateway.Api.Providers.Bedrock.Streams;

/// <summary>
/// A <c>contentBlockDelta</c>, by far the most frequent event, read without allocating:
/// <c>{"contentBlockIndex":0,"delta":{"text":"Hi"}}</c>, <c>{…"delta":{"toolUse":{"input":"{\"ci"}}}</c>,
/// <c>{…"delta":{"reasoningContent":{"text":"…"}}}</c>. Other fields, such as the padding <c>p</c>, are stepped over.
/// </summary>
internal readonly ref struct Delta
{
    private const int DepthOfDelta = 2;

    private Delta(int block, DeltaKind kind, ReadOnlySpan<byte> value)
    {
        Block = block;
        Kind = kind;
        Value = value;
    }

    public int Block { get; }

    public DeltaKind Kind { get; }

    /// <summary>A JSON string as it came, quotes included.</summary>
    public ReadOnlySpan<byte> Value { get; }

    public bool IsEmpty => Value.Length <= "\"\"".Length;

    /// <exception cref="JsonException">It is no such event.</exception>
    public static Delta Read(ReadOnlySpan<byte> payload)
    {
        var json = new Utf8JsonReader(payload);
        var (block, kind, start, end) = (0, DeltaKind.Other, 0, 0);
        var outer = DeltaKind.Other;
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (json.CurrentDepth == 1 && json.Is("contentBlockIndex"u8))
            {
                json.Read();
                block = json.TokenType == JsonTokenType.Number ? json.GetInt32() : throw new JsonException();
                continue;
            }

            if (json.CurrentDepth == 1 && !json.Is("delta"u8))
            {
                json.Skip();
                continue;
            }

            var named = KindOf(ref json, outer);
            if (json.CurrentDepth == DepthOfDelta)
            {
                outer = named;
            }

            json.Read();
            if (json.TokenType == JsonTokenType.String && named != DeltaKind.Other)
            {
                (kind, start, end) = (named, (int)json.TokenStartIndex, (int)json.BytesConsumed);
            }
        }

        return new Delta(block, kind, payload[start..end]);
    }

    private static DeltaKind KindOf(ref Utf8JsonReader json, DeltaKind outer) => json.CurrentDepth switch
    {
        DepthOfDelta when json.Is("text"u8) => DeltaKind.Text,
        DepthOfDelta when json.Is("toolUse"u8) => DeltaKind.ToolInput,
        DepthOfDelta when json.Is("reasoningContent"u8) => DeltaKind.ReasoningText,
        DepthOfDelta + 1 when outer == DeltaKind.ToolInput && json.Is("input"u8) => DeltaKind.ToolInput,
        DepthOfDelta + 1 when outer == DeltaKind.ReasoningText && json.Is("text"u8) => DeltaKind.ReasoningText,
        DepthOfDelta + 1 when outer == DeltaKind.ReasoningText && json.Is("signature"u8) => DeltaKind.ReasoningSignature,
        DepthOfDelta + 1 when outer == DeltaKind.ReasoningText && json.Is("redactedContent"u8) => DeltaKind.RedactedReasoning,
        _ => DeltaKind.Other,
    };
}
