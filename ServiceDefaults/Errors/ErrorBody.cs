using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ServiceDefaults.Errors;

/// <summary>The body of every error of every service, as OpenAI writes it: <c>{"error":{"message","type","param","code"}}</c>.</summary>
public static class ErrorBody
{
    // An error is read by people: quotes and letters stay what they are. It is JSON and says so, so no page takes it for markup.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(IBufferWriter<byte> output, string message, string type, string? param, string? code)
    {
        using var json = new Utf8JsonWriter(output, WriterOptions);
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("message", message);
        json.WriteString("type", type);
        json.WriteString("param", param);
        json.WriteString("code", code);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
