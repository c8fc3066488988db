using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace ModelContextProtocol.AspNetCore;

/// <summary>
/// The headers that repeat what a message says. From 2026-07-28 on they are required and have to say the same, so that what stands between
/// client and server may go by them.
/// </summary>
internal static class RequestHeaders
{
    private const string SelfContained = "2026-07-28";
    private const string VersionHeader = "MCP-Protocol-Version";
    private const string MethodHeader = "Mcp-Method";
    private const string NameHeader = "Mcp-Name";

    private static readonly string[] Versions = [SelfContained, "2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];

    public static string? VersionOf(IHeaderDictionary headers) => headers[VersionHeader].ToString() is { Length: > 0 } version ? version : null;

    /// <summary>Whether each request of this revision says all there is to know about it: there was no handshake.</summary>
    public static bool IsSelfContained(string? version) => string.CompareOrdinal(version, SelfContained) >= 0;

    public static HttpError? Check(IHeaderDictionary headers, JsonRpcMessage message)
    {
        var version = VersionOf(headers);
        var parameters = ParametersOf(message);
        var stated = message is JsonRpcRequest ? TextOf(parameters?["_meta"] as JsonObject, MetaKeys.ProtocolVersion) : null;
        if (stated is not null && stated != version && (IsSelfContained(stated) || IsSelfContained(version)))
        {
            return Mismatch(message, VersionHeader, version, stated);
        }

        if (version is null)
        {
            return null;
        }

        if (!Versions.Contains(version, StringComparer.Ordinal))
        {
            // Whoever says it with each request cannot use those that begin with a handshake.
            string[] supported = stated is null ? Versions : [SelfContained];
            var details = new UnsupportedProtocolVersionErrorData { Supported = supported, Requested = version };
            return HttpError.BadRequest(McpErrorCode.UnsupportedProtocolVersion, $"Protocol version '{version}' is not known. Known: {string.Join(", ", supported)}.", message, details);
        }

        return IsSelfContained(version) ? CheckMeta(message, parameters) ?? CheckNames(headers, message, parameters) : null;
    }

    private static HttpError? CheckMeta(JsonRpcMessage message, JsonObject? parameters)
    {
        if (message is not JsonRpcRequest)
        {
            return null;
        }

        var meta = parameters?["_meta"] as JsonObject;
        var missing = TextOf(meta, MetaKeys.ProtocolVersion) is null ? MetaKeys.ProtocolVersion
            : meta![MetaKeys.ClientCapabilities] is not JsonObject ? MetaKeys.ClientCapabilities
            : null;
        return missing is null ? null : HttpError.BadRequest(McpErrorCode.InvalidParams, $"params._meta must say '{missing}'.", message);
    }

    private static HttpError? CheckNames(IHeaderDictionary headers, JsonRpcMessage message, JsonObject? parameters)
    {
        var method = message switch
        {
            JsonRpcRequest request => request.Method,
            JsonRpcNotification notification => notification.Method,
            _ => null,
        };
        if (method is not null && Decode(headers[MethodHeader].ToString()) != method)
        {
            return Mismatch(message, MethodHeader, headers[MethodHeader], method);
        }

        var name = method switch
        {
            RequestMethods.ToolsCall or RequestMethods.PromptsGet => TextOf(parameters, "name"),
            RequestMethods.ResourcesRead => TextOf(parameters, "uri"),
            _ => null,
        };
        return name is not null && Decode(headers[NameHeader].ToString()) != name ? Mismatch(message, NameHeader, headers[NameHeader], name) : null;
    }

    // =?base64?w6TDtsO8?=: how a value that is not visible ASCII is written.
    private static string? Decode(string value)
    {
        const string start = "=?base64?";
        const string end = "?=";
        value = value.Trim();
        if (!value.StartsWith(start, StringComparison.OrdinalIgnoreCase) || !value.EndsWith(end, StringComparison.Ordinal) || value.Length < start.Length + end.Length)
        {
            return value;
        }

        var encoded = value[start.Length..^end.Length];
        var bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    private static HttpError Mismatch(JsonRpcMessage message, string header, string? value, string expected) =>
        HttpError.BadRequest(McpErrorCode.HeaderMismatch, $"Header {header} is {(string.IsNullOrEmpty(value) ? "missing" : $"'{value}'")}, and the message says '{expected}'.", message);

    private static JsonObject? ParametersOf(JsonRpcMessage message) => message switch
    {
        JsonRpcRequest request => request.Params as JsonObject,
        JsonRpcNotification notification => notification.Params as JsonObject,
        _ => null,
    };

    private static string? TextOf(JsonObject? json, string name) => json?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
