using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace Local.Model.Requests;

/// <summary>Reads a request's JSON object, or says why it cannot.</summary>
internal static class RequestBody
{
    public static async ValueTask<(T? Request, Refusal? Refusal)> ReadAsync<T>(HttpContext http, Func<Fields, T> read)
        where T : class
    {
        var body = http.Request.BodyReader;
        try
        {
            var result = await body.ReadAsync(http.RequestAborted);
            while (!result.IsCompleted)
            {
                body.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                result = await body.ReadAsync(http.RequestAborted);
            }

            var answer = Parse(result.Buffer, read);
            body.AdvanceTo(result.Buffer.End);
            return answer;
        }
        catch (BadHttpRequestException exception)
        {
            var code = exception.StatusCode == StatusCodes.Status413PayloadTooLarge ? "request_too_large" : null;
            return (null, new Refusal(exception.StatusCode, "invalid_request_error", exception.Message, null, code));
        }
    }

    private static (T? Request, Refusal? Refusal) Parse<T>(ReadOnlySequence<byte> bytes, Func<Fields, T> read)
        where T : class
    {
        try
        {
            if (!IsText(bytes))
            {
                return (null, Refusal.Invalid(null, "The body is not valid UTF-8."));
            }

            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
            {
                return (null, Refusal.Invalid(null, "The body must be a JSON object."));
            }

            var problems = new Problems();
            var request = read(new Fields(document.RootElement, "", problems));
            return problems.First is { } refusal ? (null, refusal) : (request, null);
        }
        catch (JsonException exception)
        {
            return (null, Refusal.Invalid(null, $"The body could not be parsed as JSON (line {exception.LineNumber}, byte {exception.BytePositionInLine})."));
        }
    }

    // JSON may spell half a surrogate pair (\ud800), which no string can hold; only bodies with such an escape are walked.
    private static bool IsText(ReadOnlySequence<byte> bytes)
    {
        var all = bytes.IsSingleSegment ? bytes.FirstSpan : bytes.ToArray();
        if (!Utf8.IsValid(all))
        {
            return false;
        }

        if (all.IndexOf("\\ud"u8) < 0 && all.IndexOf("\\uD"u8) < 0)
        {
            return true;
        }

        var reader = new Utf8JsonReader(all);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    reader.GetString();
                }
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
