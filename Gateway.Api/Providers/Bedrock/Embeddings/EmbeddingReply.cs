using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Gateway.Api.Providers.Bedrock.Embeddings;

/// <summary>Reads vectors and writes OpenAI's reply: <c>{"object":"list","data":[{"object":"embedding","index":0,"embedding":[…]}],"model":"…","usage":{…}}</c>.</summary>
internal static class EmbeddingReply
{
    /// <summary>Titan: <c>{"embedding":[…]}</c>. Cohere: <c>{"embeddings":{"float":[[…]]}}</c>, or without the types <c>{"embeddings":[[…]]}</c>.</summary>
    public static IEnumerable<JsonElement> VectorsOf(JsonElement root)
    {
        if (root.Find("embedding") is { ValueKind: JsonValueKind.Array } one)
        {
            return [one];
        }

        var many = root.Find("embeddings");
        many = many?.Find("float") ?? many;
        return many is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
    }

    public static long TokensOf(ReplyDocument reply) =>
        reply.Root.Find("inputTextTokenCount") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var count) ? count : reply.InputTokens;

    public static bool IsVector(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(number => number.ValueKind == JsonValueKind.Number);

    public static void Write(IBufferWriter<byte> output, string model, IReadOnlyList<JsonElement> vectors, long tokens, bool isBase64)
    {
        using var json = new Utf8JsonWriter(output, Json.WriterOptions);
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        for (var index = 0; index < vectors.Count; index++)
        {
            json.WriteStartObject();
            json.WriteString("object", "embedding");
            json.WriteNumber("index", index);
            if (isBase64)
            {
                json.WriteBase64String("embedding", BytesOf(vectors[index]));
            }
            else
            {
                json.WriteRaw("embedding", vectors[index]);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("model", model);
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", tokens);
        json.WriteNumber("total_tokens", tokens);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // 32-bit floats, little-endian.
    private static ReadOnlySpan<byte> BytesOf(JsonElement vector) =>
        MemoryMarshal.AsBytes<float>(vector.EnumerateArray().Select(number => number.GetSingle()).ToArray());
}
