using System.Buffers;
using System.Text.Json;
using Gateway.Api.Responses.Replies;

namespace Gateway.Api.Responses.Storage;

/// <summary>A stored response as it is shown, and as it is told to have ended otherwise.</summary>
internal static class ShownResponse
{
    private static readonly ResponseError Lost = new(ResponseError.ServerError, "The gateway that made the response ended before it was complete.");

    /// <summary>What ran and was not heard of for too long has failed.</summary>
    public static ReadOnlyMemory<byte> At(this StoredResponse response, DateTimeOffset now) =>
        response.RunsUntil <= now ? WithStatus(response.Body, ResponseStatus.Failed, Lost) : response.Body;

    public static bool IsInBackground(this StoredResponse response) => JsonElement.Parse(response.Body.Span).IsTrue("background");

    /// <summary>The response, ended.</summary>
    public static StoredResponse Cancel(this StoredResponse running) =>
        running with { Body = WithStatus(running.Body, ResponseStatus.Cancelled, error: null), RunsUntil = null };

    private static byte[] WithStatus(ReadOnlyMemory<byte> body, string status, ResponseError? error)
    {
        var output = new ArrayBufferWriter<byte>(body.Length + 256);
        using var json = new Utf8JsonWriter(output, Json.WriterOptions);
        json.WriteStartObject();
        foreach (var field in JsonElement.Parse(body.Span).EnumerateObject())
        {
            switch (field.Name)
            {
                case "status":
                    json.WriteString("status", status);
                    break;
                case "error" when error is not null:
                    error.Write(json);
                    break;
                default:
                    json.WriteRaw(field.Name, field.Value);
                    break;
            }
        }

        json.WriteEndObject();
        json.Flush();
        return output.WrittenSpan.ToArray();
    }
}
