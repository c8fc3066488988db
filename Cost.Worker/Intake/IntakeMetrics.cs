using System.Diagnostics.Metrics;
using Cost.Worker.Ledger;
using ServiceDefaults.Telemetry;

namespace Cost.Worker.Intake;

/// <summary>What the intake measures: how much usage came in, and how late.</summary>
internal sealed class IntakeMetrics
{
    private static readonly double[] LagBounds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600];

    private readonly TimeProvider _time;
    private readonly Counter<long> _events;
    private readonly Counter<long> _setAside;
    private readonly Histogram<double> _lag;

    public IntakeMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create(TelemetryNames.CostWorker);
        _events = meter.CreateCounter<long>("ledger.events", "{event}", "Usage events that the ledger keeps.");
        _setAside = meter.CreateCounter<long>("ledger.set_aside", "{text}", "What came as usage and could not be read: it is kept apart.");
        _lag = meter.CreateHistogram("ledger.lag", "s", "How long after its request an event was kept.", [], new InstrumentAdvice<double> { HistogramBucketBoundaries = LagBounds });
    }

    public void Kept(IReadOnlyList<LedgerBatch> batches)
    {
        var now = _time.GetUtcNow();
        foreach (var one in batches.SelectMany(batch => batch.Events))
        {
            _events.Add(1);
            _lag.Record((now - one.Event.At).TotalSeconds);
        }
    }

    public void SetAside(int texts) => _setAside.Add(texts);
}
