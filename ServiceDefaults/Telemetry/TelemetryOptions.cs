namespace ServiceDefaults.Telemetry;

/// <summary>Section <c>Telemetry</c>: how telemetry leaves the service. Whether traces, logs and metrics go out over OTLP is said by the standard <c>OTEL_*</c> variables.</summary>
public sealed record TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary><c>Otlp</c> (the default): over OTLP alone, where that is set up. <c>Emf</c>: as CloudWatch's embedded metric format on standard output too.</summary>
    public string Exporter { get; init; } = nameof(TelemetryExporter.Otlp);

    /// <summary>How often metrics are written in embedded metric format, in seconds, 1 to 3600. Default: 60. The last are written as the service stops.</summary>
    public int PeriodSeconds { get; init; } = 60;

    /// <summary>Whether they are written after each request too, before its reply ends: where the process is frozen between requests, as on AWS Lambda. Default: <c>false</c>.</summary>
    public bool AfterEachRequest { get; init; }

    /// <summary>
    /// From how many seconds on, 1 to 3600, a request's server span is exported over OTLP though its trace was not chosen to be. Default: 10. It is not asked
    /// for where <c>OTEL_TRACES_SAMPLER</c> names another sampler than <c>parentbased_traceidratio</c>.
    /// </summary>
    public int SlowSeconds { get; init; } = 10;

    /// <summary>CloudWatch's namespace for them: 1 to 255 letters, digits, <c>.</c>, <c>-</c>, <c>_</c>, <c>/</c>, <c>#</c> and <c>:</c>, not beginning with <c>AWS/</c>. Default: <c>AIGateway</c>.</summary>
    public string Namespace { get; init; } = "AIGateway";

    public bool IsEmf => string.Equals(Exporter, nameof(TelemetryExporter.Emf), StringComparison.OrdinalIgnoreCase);
}
