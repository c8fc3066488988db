using System.Buffers;
using System.Text.Json;
using Gateway.Api.Batches.Storage;

namespace Gateway.Api.Batches.Lines;

/// <summary>Lines of the output and error files (https://platform.openai.com/docs/api-reference/batch/request-output).</summary>
internal static class LineResults
{
    /// <summary>What came of a request that was sent: the output where it was answered, else an error.</summary>
    public static BatchResult Of(string requestId, string? customId, LineAnswer answer) => new(answer.IsOk, Write(requestId, customId, json =>
    {
        json.WriteStartObject("response");
        json.WriteNumber("status_code", answer.Status);
        json.WriteString("request_id", requestId);
        json.WritePropertyName("body");
        json.WriteRawValue(Json.OnOneLine(answer.Body.Span), skipInputValidation: true);
        json.WriteEndObject();
        json.WriteNull("error");
    }));

    /// <summary>What came of a line that was never sent.</summary>
    public static BatchResult Of(string requestId, string? customId, LineFault fault, int line) => new(IsOutput: false, Write(requestId, customId, json =>
    {
        json.WriteNull("response");
        json.WriteStartObject("error");
        json.WriteString("code", fault.Code);

        // Nothing else tells which one it is.
        json.WriteString("message", customId is null ? $"Line {line}: {fault.Message}" : fault.Message);
        json.WriteEndObject();
    }));

    private static byte[] Write(string requestId, string? customId, Action<Utf8JsonWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(output, Json.WriterOptions);
        json.WriteStartObject();
        json.WriteString("id", requestId);
        json.WriteString("custom_id", customId);
        write(json);
        json.WriteEndObject();
        json.Flush();
        return output.WrittenSpan.ToArray();
    }
}
