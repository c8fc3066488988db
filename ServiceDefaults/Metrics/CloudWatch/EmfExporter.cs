using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ServiceDefaults.Telemetry;

namespace ServiceDefaults.Metrics.CloudWatch;

/// <summary>Writes what the service measures to standard output as CloudWatch reads it, each period and once more as the service stops: no agent, no calls.</summary>
internal sealed class EmfExporter : BackgroundService
{
    private readonly Lock _exporting = new();
    private readonly EmfChanges _changes = new();
    private readonly MetricStore _store;
    private readonly TelemetryOptions _options;
    private readonly TimeProvider _time;
    private readonly TextWriter _output;
    private readonly string _service;

    public EmfExporter(
        MetricStore store, TelemetryOptions options, IConfiguration configuration, IHostEnvironment environment, TimeProvider time, [FromKeyedServices(MetricsExtensions.Output)] TextWriter output)
    {
        (_store, _options, _time, _output) = (store, options, time, output);
        _service = configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : environment.ApplicationName;
    }

    public void Export()
    {
        lock (_exporting)
        {
            var at = _time.GetUtcNow();
            foreach (var (tags, values) in Changes())
            {
                foreach (var chunk in values.Chunk(EmfDocument.MostMetrics))
                {
                    _output.Write(LineOf(at, tags, chunk));
                }
            }

            _output.Flush();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Export();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(_options.PeriodSeconds), _time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Export();
        }
    }

    // One document has one value for each dimension: what has the same tags goes together.
    private List<(KeyValuePair<string, string>[] Tags, List<EmfValue> Values)> Changes()
    {
        var groups = new Dictionary<string, (KeyValuePair<string, string>[] Tags, List<EmfValue> Values)>(StringComparer.Ordinal);
        _store.Collect(families =>
        {
            foreach (var family in families.Where(family => family.IsExported))
            {
                foreach (var series in family.Series)
                {
                    if (_changes.Of(family, series) is { } value)
                    {
                        if (!groups.TryGetValue(series.Labels, out var group))
                        {
                            groups[series.Labels] = group = (series.Tags, []);
                        }

                        group.Values.Add(value);
                    }
                }
            }
        });
        return [.. groups.Values];
    }

    // Whole lines, so that none is broken into by the log's.
    private string LineOf(DateTimeOffset at, KeyValuePair<string, string>[] tags, EmfValue[] values)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            EmfDocument.Write(json, _options.Namespace, _service, at, tags, values);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }
}
