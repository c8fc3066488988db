using System.Text.Json;

namespace Gateway.Api.Answers;

/// <summary>One of a list of typed parts: of content, or of thinking. Each member where it is there.</summary>
internal ref struct ContentPart
{
    public ReadOnlySpan<byte> Type { get; private set; }

    public ReadOnlySpan<byte> Text { get; private set; }

    public ReadOnlySpan<byte> Thinking { get; private set; }

    public ReadOnlySpan<byte> Signature { get; private set; }

    public ReadOnlySpan<byte> Data { get; private set; }

    public readonly bool IsThinking => Type.SequenceEqual("thinking"u8);

    /// <param name="json">Stands on the object's start, and afterwards on its end.</param>
    public static ContentPart Read(scoped ref Utf8JsonReader json)
    {
        var part = default(ContentPart);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("type"u8))
            {
                part.Type = AnswerParts.ReadText(ref json);
            }
            else if (json.Is("text"u8))
            {
                part.Text = AnswerParts.ReadText(ref json);
            }
            else if (json.Is("thinking"u8))
            {
                part.Thinking = AnswerParts.ReadText(ref json);
            }
            else if (json.Is("signature"u8))
            {
                part.Signature = AnswerParts.ReadText(ref json);
            }
            else if (json.Is("data"u8))
            {
                part.Data = AnswerParts.ReadText(ref json);
            }
            else
            {
                json.Skip();
            }
        }

        return part;
    }
}
