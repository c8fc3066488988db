using System.Diagnostics.Metrics;
using ServiceDefaults.Telemetry;

namespace Gateway.Api.Metering.Journal;

/// <summary>What the journal counts.</summary>
internal sealed class JournalMetrics
{
    private readonly Counter<long> _lost;
    private readonly Counter<long> _delivered;

    public JournalMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(TelemetryNames.Gateway);
        _lost = meter.CreateCounter<long>("gateway.usage.lost", "{event}", "Usage events that could be kept nowhere; the log holds them.");
        _delivered = meter.CreateCounter<long>("gateway.usage.delivered", "{event}", "Usage events that the ledger has acknowledged.");
        meter.CreateObservableGauge("gateway.usage.journal.bytes", () => Bytes?.Invoke() ?? 0, "By", "What the journal takes up on disk, or in memory where it has no disk.");
        meter.CreateObservableGauge("gateway.usage.journal.undelivered", () => Undelivered?.Invoke() ?? 0, "{event}", "Usage events that the ledger has not acknowledged.");
    }

    public Func<long>? Bytes { get; set; }

    public Func<long>? Undelivered { get; set; }

    public void Lost() => _lost.Add(1);

    public void Acknowledged(long events) => _delivered.Add(events);
}
