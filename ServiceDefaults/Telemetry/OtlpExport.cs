using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using ServiceDefaults.Redaction;

namespace ServiceDefaults.Telemetry;

/// <summary>
/// Owns the trace and metric pipelines for the life of the host. The sources are those that ASP.NET Core, HttpClient and the
/// runtime publish themselves, and the product's own; each is named, never "*".
/// </summary>
internal sealed class OtlpExport(TraceSampling sampling) : IHostedService, IDisposable
{
    private readonly OpenTelemetrySdk _sdk = OpenTelemetrySdk.Create(builder => builder
        .WithTracing(tracing =>
        {
            tracing
                .AddSource(TelemetryNames.FrameworkSources)
                .AddSource(TelemetryNames.ProductSources)
                .AddProcessor(new SpanRedaction())
                .AddOtlpExporter();
            if (sampling.Part is { } part)
            {
                tracing.SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(part)));
            }
        })
        .WithMetrics(metrics => metrics
            .AddMeter(TelemetryNames.FrameworkMeters)
            .AddMeter(TelemetryNames.ProductSources)
            .AddView(instrument => TelemetryNames.IsKept(instrument) ? null : MetricStreamConfiguration.Drop)
            .AddOtlpExporter()));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Disposing flushes what is still queued.
    public void Dispose() => _sdk.Dispose();
}
