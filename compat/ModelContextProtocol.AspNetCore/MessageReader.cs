using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace ModelContextProtocol.AspNetCore;

internal static class MessageReader
{
    private static readonly JsonTypeInfo<JsonRpcMessage> Json = (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    /// <summary>The message, or why there is none.</summary>
    public static async ValueTask<(JsonRpcMessage? Message, HttpError? Error)> ReadAsync(HttpContext http)
    {
        try
        {
            var message = await JsonSerializer.DeserializeAsync(http.Request.Body, Json, http.RequestAborted);
            return message is null ? (null, NotAMessage) : (message, null);
        }
        catch (JsonException)
        {
            return (null, NotAMessage);
        }
        catch (BadHttpRequestException refused)
        {
            return (null, new HttpError(refused.StatusCode, McpErrorCode.InvalidRequest, refused.Message));
        }
    }

    private static HttpError NotAMessage => new(StatusCodes.Status400BadRequest, McpErrorCode.ParseError, "The body must be one JSON-RPC message.");
}
