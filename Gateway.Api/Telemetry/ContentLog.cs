using System.Text;
using System.Text.Json;
using Gateway.Api.Access;
using Gateway.Api.Pipeline;
using ServiceDefaults.Redaction;

namespace Gateway.Api.Telemetry;

/// <summary>
/// Logs what callers ask, for keys whose <c>metadata</c> says <c>"log_content": true</c>, which only the admin key can set, and at level Trace of a category of
/// its own: both have to be meant.
/// </summary>
internal sealed partial class ContentLog(ILoggerFactory loggers)
{
    public const string Category = "Gateway.SensitiveContent";

    private const string Switch = "log_content";

    private readonly ILogger _logger = loggers.CreateLogger(Category);

    public static bool IsAllowed(ApiKey key) => key.Metadata is { } metadata && metadata.TryGetValue(Switch, out var value) && value.ValueKind == JsonValueKind.True;

    public void Asked(GatewayRequest request)
    {
        if (_logger.IsEnabled(LogLevel.Trace) && request.Body is { } body && IsAllowed(request.Caller))
        {
            LogRequest(request.Caller.Id, Redactor.Mask(Encoding.UTF8.GetString(body.Span)));
        }
    }

    [LoggerMessage(LogLevel.Trace, "Key {Key} asks: {SensitiveContent}")]
    private partial void LogRequest(string key, string sensitiveContent);
}
