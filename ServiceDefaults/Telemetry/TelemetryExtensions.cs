using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using ServiceDefaults.Redaction;

namespace ServiceDefaults.Telemetry;

public static class TelemetryExtensions
{
    /// <summary>The standard setting that switches export on (https://opentelemetry.io/docs/specs/otel/protocol/exporter/).</summary>
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Whether traces, metrics and logs leave the process over OTLP.</summary>
    public static bool ExportsTelemetry(this IConfiguration configuration) => !string.IsNullOrEmpty(configuration[Endpoint]);

    /// <summary>
    /// Exports traces, metrics and logs over OTLP where an endpoint is configured; costs nothing where none is. The exporter
    /// reads its other settings (protocol, headers, service name) from the standard OTEL_* variables itself.
    /// </summary>
    internal static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        if (!builder.Configuration.ExportsTelemetry())
        {
            return;
        }

        builder.Services.AddSingleton(TraceSampling.Of(builder.Configuration, TelemetryOptionsValidator.Read(builder.Configuration)));
        builder.Services.AddHostedService<OtlpExport>();
        builder.Services.AddSingleton<IStartupFilter, ServerSpans>();
        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.IncludeScopes = true;
            logs.AddProcessor(new LogRedaction());
            logs.AddOtlpExporter();
        });
    }
}
