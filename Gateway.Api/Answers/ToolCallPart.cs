using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gateway.Api.Answers;

/// <summary><c>{"index":0,"id":"call_1","type":"function","function":{"name":"add","arguments":"{\"a\":"}}</c>, each member where it is there.</summary>
internal ref struct ToolCallPart
{
    public int Index { get; private set; }

    public ReadOnlySpan<byte> Id { get; private set; }

    public ReadOnlySpan<byte> Name { get; private set; }

    public ReadOnlySpan<byte> Arguments { get; private set; }

    /// <param name="json">Stands on the object's start, and afterwards on its end.</param>
    /// <param name="data">What it reads.</param>
    /// <param name="position">The call's place in its list: its number in a whole answer, which gives none.</param>
    public static ToolCallPart Read(scoped ref Utf8JsonReader json, ReadOnlySpan<byte> data, int position)
    {
        var part = new ToolCallPart { Index = position };
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("index"u8))
            {
                json.Read();
                part.Index = json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var index) ? index : position;
                json.Skip();
            }
            else if (json.Is("id"u8))
            {
                part.Id = AnswerParts.ReadText(ref json);
            }
            else if (json.Is("function"u8))
            {
                json.Read();
                part.ReadFunction(ref json, data);
            }
            else
            {
                json.Skip();
            }
        }

        return part;
    }

    private void ReadFunction(scoped ref Utf8JsonReader json, ReadOnlySpan<byte> data)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("name"u8))
            {
                Name = AnswerParts.ReadText(ref json);
            }
            else if (json.Is("arguments"u8))
            {
                json.Read();
                Arguments = ReadArguments(ref json, data);
            }
            else
            {
                json.Skip();
            }
        }
    }

    // Text, as OpenAI sends it; some servers send the object itself.
    private static ReadOnlySpan<byte> ReadArguments(scoped ref Utf8JsonReader json, ReadOnlySpan<byte> data)
    {
        if (json.TokenType == JsonTokenType.String)
        {
            return json.ValueSpan;
        }

        var value = AnswerParts.ReadRaw(ref json, data);
        return value.StartsWith("{"u8) ? JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes : default;
    }
}
