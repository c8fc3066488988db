using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace ModelContextProtocol.AspNetCore;

internal static class MessageReader
{
    private static readonly JsonTypeInfo<JsonRpcMessage> Json = (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    // A member that stands twice makes an exception of whoever looks at its object later.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The message, or why there is none.</summary>
    public static async ValueTask<(JsonRpcMessage? Message, HttpError? Error)> ReadAsync(HttpContext http)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(http.Request.Body, Strict, http.RequestAborted);
            var message = document.Deserialize(Json);
            return message is null ? (null, NotAMessage) : (message, null);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // The latter where a name is half of a surrogate pair.
            return (null, NotAMessage);
        }
        catch (BadHttpRequestException refused)
        {
            return (null, new HttpError(refused.StatusCode, McpErrorCode.InvalidRequest, refused.Message));
        }
    }

    private static HttpError NotAMessage => new(StatusCodes.Status400BadRequest, McpErrorCode.ParseError, "The body must be one JSON-RPC message.");
}
