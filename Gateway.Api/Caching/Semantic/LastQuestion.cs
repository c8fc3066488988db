using System.Text.Json;
using Gateway.Api.Requests;

namespace Gateway.Api.Caching.Semantic;

/// <summary>The text that a chat ends with: the content, a string, of its last message, where that is a user's.</summary>
/// <param name="Value">Where it stands in the body, quotes included.</param>
/// <param name="Text">What it says.</param>
internal readonly record struct LastQuestion(Range Value, string Text)
{
    /// <summary>A longer one is more than a question.</summary>
    private const int MostBytes = 8 * 1024;

    /// <param name="body">Looked through before.</param>
    /// <returns>Null too where the content's escapes make no text: what says nothing is like no other question.</returns>
    public static LastQuestion? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return ReadBody(body);
        }
        catch (InvalidOperationException noText) when (noText.IsOfText())
        {
            return null;
        }
    }

    private static LastQuestion? ReadBody(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = RequestScanner.MaxDepth });
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isMessages = json.Is("messages"u8);
            json.Read();
            if (isMessages)
            {
                return ReadMessages(ref json);
            }

            json.Skip();
        }

        return null;
    }

    private static LastQuestion? ReadMessages(ref Utf8JsonReader json)
    {
        LastQuestion? last = null;
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            last = ReadMessage(ref json);
        }

        return last;
    }

    private static LastQuestion? ReadMessage(ref Utf8JsonReader json)
    {
        var isUsers = false;
        LastQuestion? content = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (isRole, isContent) = (json.Is("role"u8), json.Is("content"u8));
            json.Read();
            if (isRole)
            {
                isUsers = json.TokenType == JsonTokenType.String && json.Is("user"u8);
            }
            else if (isContent && json.TokenType == JsonTokenType.String && json.ValueSpan.Length is > 0 and <= MostBytes)
            {
                content = new LastQuestion((int)json.TokenStartIndex..(int)json.BytesConsumed, json.GetString()!);
            }

            json.Skip();
        }

        return isUsers ? content : null;
    }
}
