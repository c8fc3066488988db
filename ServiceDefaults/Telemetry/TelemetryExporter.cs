namespace ServiceDefaults.Telemetry;

/// <summary>What <see cref="TelemetryOptions.Exporter"/> may say.</summary>
internal enum TelemetryExporter
{
    Otlp,
    Emf,
}
