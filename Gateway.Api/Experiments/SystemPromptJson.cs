using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gateway.Api.Experiments;

/// <summary>A variant's system prompt in the forms in which it goes into a conversation.</summary>
internal static class SystemPromptJson
{
    public static byte[] Message(string prompt) => Encoding.UTF8.GetBytes($"{{\"role\":\"system\",\"content\":\"{Escape(prompt)}\"}}");

    /// <summary>Before other messages.</summary>
    public static byte[] FirstMessage(string prompt) => [.. Message(prompt), (byte)','];

    /// <summary>At the end of a text.</summary>
    public static byte[] Continuation(string prompt) => Encoding.UTF8.GetBytes($"\\n\\n{Escape(prompt)}");

    /// <summary>Behind other parts.</summary>
    public static byte[] FurtherPart(string prompt) => Encoding.UTF8.GetBytes($",{{\"type\":\"text\",\"text\":\"{Escape(prompt)}\"}}");

    private static JsonEncodedText Escape(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
}
