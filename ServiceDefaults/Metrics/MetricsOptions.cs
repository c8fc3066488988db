namespace ServiceDefaults.Metrics;

/// <summary>Section <c>Metrics</c>: what <c>GET /metrics</c> shows, and to whom.</summary>
public sealed record MetricsOptions
{
    public const string Section = "Metrics";

    /// <summary>Whether <c>GET /metrics</c> takes the admin key, as a bearer token. Default: <c>false</c>, open to whoever reaches the service, as its health is.</summary>
    public bool RequireAdminKey { get; init; }

    /// <summary>How many series, that is combinations of labels, one instrument may have: 10 to 100,000. What comes after is counted in one series marked <c>otel_metric_overflow="true"</c>. Default: 1000.</summary>
    public int MaxSeries { get; init; } = 1000;
}
