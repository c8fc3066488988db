using System.Globalization;

namespace Cost.Worker.Requests;

/// <summary>The request log as a table.</summary>
internal static class RequestColumns
{
    private static readonly IReadOnlyList<(string Name, Func<LoggedRequest, object?> Of)> All =
    [
        ("time", one => one.Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)), ("request_id", one => one.RequestId), ("trace_id", one => one.TraceId), ("operation", one => one.Operation),
        ("tenant", one => one.Tenant), ("user", one => one.User), ("key", one => one.Key), ("alias", one => one.Alias), ("target", one => one.Target), ("variant", one => one.Variant),
        ("status", one => one.Status), ("http_status", one => one.HttpStatus), ("error", one => one.Error), ("streamed", one => one.Streamed ? "true" : "false"), ("batch", one => one.Batch ? "true" : "false"),
        ("attempts", one => one.Attempts), ("duration_ms", one => one.DurationMs), ("first_token_ms", one => one.FirstTokenMs), ("input_tokens", one => one.Tokens.Input),
        ("cached_input_tokens", one => one.Tokens.CachedInput), ("cache_write_tokens", one => one.Tokens.CacheWrite), ("output_tokens", one => one.Tokens.Output),
        ("cost_usd", one => one.CostUsd), ("cache", one => one.Cache), ("avoided_cost_usd", one => one.AvoidedCostUsd), ("tool_calls", one => one.ToolCalls),
    ];

    public static IEnumerable<string> Names => All.Select(column => column.Name);

    public static IEnumerable<string?> Of(LoggedRequest one) => All.Select(column => Convert.ToString(column.Of(one), CultureInfo.InvariantCulture));
}
