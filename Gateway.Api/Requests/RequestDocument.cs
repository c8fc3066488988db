using System.Text.Json;
using System.Text.Unicode;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Requests;

/// <summary>Reads a body that is to be taken apart and not only looked through; as strict as <see cref="RequestScanner"/>, and about every name.</summary>
internal static class RequestDocument
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = RequestScanner.MaxDepth, AllowDuplicateProperties = false };

    /// <summary>Returns why the body cannot be read, or null and the document, an object, which lives on the body's memory.</summary>
    public static Refusal? TryParse(PooledBody body, out JsonDocument? document)
    {
        document = null;
        if (body.Length == 0)
        {
            return Refusal.InvalidRequest("The request has no body; a JSON object was expected.");
        }

        if (!Utf8.IsValid(body.Span))
        {
            return Refusal.InvalidRequest("The body is not valid UTF-8, which JSON must be (RFC 8259, section 8.1).");
        }

        try
        {
            document = JsonDocument.Parse(body.Memory, Options);
        }
        catch (JsonException invalid)
        {
            // A name that is there twice has no position.
            return invalid.LineNumber is null ? Refusal.InvalidRequest(invalid.Message) : Refusal.InvalidJson(invalid);
        }
        catch (InvalidOperationException noText) when (noText.IsOfText())
        {
            return Json.NoUnicode;
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return null;
        }

        document.Dispose();
        return Refusal.InvalidRequest("The body must be a JSON object.");
    }
}
