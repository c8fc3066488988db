using System.Text.Json;

namespace Gateway.Api.Providers.Replies;

/// <summary>Writes what a message of OpenAI's form holds beside its text.</summary>
internal static class MessageParts
{
    /// <summary>An entry of <c>thinking_blocks</c>, which a caller sends back with the next request as it is.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="words">What the model thought.</param>
    /// <param name="signature">By which its provider takes it back.</param>
    /// <param name="redacted">What only its provider can read; null where there are words.</param>
    public static void WriteThinking(Utf8JsonWriter json, string? words, string? signature, string? redacted)
    {
        json.WriteStartObject();
        if (redacted is not null)
        {
            json.WriteString("type", "redacted_thinking");
            json.WriteString("data", redacted);
        }
        else
        {
            json.WriteString("type", "thinking");
            json.WriteString("thinking", words ?? "");
            json.WriteString("signature", signature);
        }

        json.WriteEndObject();
    }

    /// <summary>An entry of <c>tool_calls</c>.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="id">Which call the tool's result answers.</param>
    /// <param name="name">The tool.</param>
    /// <param name="arguments">A JSON object, which is written as text.</param>
    public static void WriteToolCall(Utf8JsonWriter json, string? id, string name, ReadOnlySpan<byte> arguments)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("type", "function");
        json.WriteStartObject("function");
        json.WriteString("name", name);
        json.WriteString("arguments", arguments);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
