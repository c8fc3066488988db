using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace ModelContextProtocol.AspNetCore;

/// <summary>A request that does not get as far as the server: an HTTP status, and a JSON-RPC error as the body.</summary>
internal sealed record HttpError(int Status, McpErrorCode Code, string Message)
{
    private static readonly JsonTypeInfo<JsonRpcError> Json = (JsonTypeInfo<JsonRpcError>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcError));

    /// <summary>What the request was called, where it was read so far.</summary>
    public RequestId Id { get; init; }

    public object? Details { get; init; }

    public static HttpError BadRequest(McpErrorCode code, string message, JsonRpcMessage about, object? details = null) =>
        new(StatusCodes.Status400BadRequest, code, message) { Id = about is JsonRpcMessageWithId named ? named.Id : default, Details = details };

    /// <summary>The status that a server's error has from 2026-07-28 on.</summary>
    public static int StatusOf(McpErrorCode code) => code switch
    {
        McpErrorCode.MethodNotFound => StatusCodes.Status404NotFound,
        McpErrorCode.HeaderMismatch or McpErrorCode.MissingRequiredClientCapability or McpErrorCode.UnsupportedProtocolVersion => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status200OK,
    };

    public async Task WriteAsync(HttpContext http)
    {
        var error = new JsonRpcError { Id = Id, Error = new JsonRpcErrorDetail { Code = (int)Code, Message = Message, Data = Details } };
        http.Response.StatusCode = Status;
        http.Response.ContentType = MediaTypes.Json;
        await JsonSerializer.SerializeAsync(http.Response.Body, error, Json, http.RequestAborted);
    }
}
