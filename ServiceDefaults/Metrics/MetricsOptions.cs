namespace ServiceDefaults.Metrics;

/// <summary>Section <c>Metrics</c>: what <c>GET /metrics</c> shows, and to whom.</summary>
public sealed record MetricsOptions
{
    public const string Section = "Metrics";

    /// <summary>Whether anything is measured for <c>GET /metrics</c> and for the embedded metric format. Default: <c>true</c>; without, <c>/metrics</c> is not found. What is exported over OTLP is another matter.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Whether <c>GET /metrics</c> takes the admin key, as a bearer token. Default: <c>false</c>, open to whoever reaches the service, as its health is.</summary>
    public bool RequireAdminKey { get; init; }

    /// <summary>How many series, that is combinations of labels, one instrument may have: 10 to 100,000. What comes after is counted in one series marked <c>otel_metric_overflow="true"</c>. Default: 1000.</summary>
    public int MaxSeries { get; init; } = 1000;

    /// <summary>Whether the gateway's cost is told apart by tenant, label <c>gateway_tenant</c>. Default: <c>false</c>: who reads metrics need not know who the customers are.</summary>
    public bool TenantLabels { get; init; }
}
