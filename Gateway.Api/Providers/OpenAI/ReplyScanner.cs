using System.Text.Json;

namespace Gateway.Api.Providers.OpenAI;

/// <summary>Looks through a reply once, so that an HTML page or half a document never passes for an answer.</summary>
internal static class ReplyScanner
{
    public static bool IsObject(ReadOnlySpan<byte> body)
    {
        try
        {
            var json = new Utf8JsonReader(body);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            json.Skip();
            return !json.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
