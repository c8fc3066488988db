using Cost.Worker.Ledger;
using Cost.Worker.Reports;
using Cost.Worker.Traffic.Series;
using ServiceDefaults.Usage;

namespace Cost.Worker.Requests;

/// <summary>A request as the log shows it: what is known about it, and nothing of what was said.</summary>
/// <param name="Id">Its place in the log.</param>
/// <param name="Key">The key's id.</param>
/// <param name="Target"><c>provider/model</c>.</param>
/// <param name="Estimated">Whether its tokens are the gateway's estimate.</param>
/// <param name="CostUsd">Null where nobody knows.</param>
/// <param name="Cache">Why no provider was called for it alone; <c>none</c> where one was.</param>
internal sealed record LoggedRequest(
    string Object, string Id, DateTimeOffset Time, string RequestId, string? TraceId, string Operation, string? Tenant, string? User, string? Key, string? Alias,
    string? Target, string? Provider, string? Model, string? Variant, string Status, int HttpStatus, string? Error, bool Streamed, bool Batch, int Attempts,
    double DurationMs, double? FirstTokenMs, LoggedTokens Tokens, bool Estimated, string? CostUsd, string Cache, string? AvoidedCostUsd, int ToolCalls, int Round, IReadOnlyList<ToolCallUsage> Tools)
{
    private const double MicrosecondsPerMillisecond = 1_000;

    public static LoggedRequest Of(UsageEvent one) => new(
        "request", LogPlace.Of(one).ToString(), one.At, one.RequestId, one.TraceId, one.Operation, one.Tenant, one.User, one.Key, one.Alias,
        TrafficDimension.TargetOf(one), one.Provider, one.Model, one.Variant, StatusText.Of(one.Status), one.HttpStatus, one.Error, one.Streamed, one.Batch, one.Attempts,
        one.DurationMicroseconds / MicrosecondsPerMillisecond, one.FirstTokenMicroseconds / MicrosecondsPerMillisecond,
        new LoggedTokens(one.Tokens.Input, one.Tokens.CachedInput, one.Tokens.CacheWrite, one.Tokens.Output), one.TokenSource == TokenSource.Estimated,
        one.CostNanoUsd is { } cost ? Money.Usd(cost) : null, CacheOf(one), one.AvoidedCostNanoUsd is { } avoided ? Money.Usd(avoided) : null, one.ToolCalls, one.Round, one.Tools ?? []);

    public static string CacheOf(UsageEvent one) => one.AvoidedBy switch
    {
        AvoidedBy.Cache => "cache",
        AvoidedBy.SemanticCache => "semantic_cache",
        AvoidedBy.SingleFlight => "single_flight",
        AvoidedBy.Grouping => "grouping",
        _ => "none",
    };
}
