using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Telemetry;

namespace ServiceDefaults.Metrics;

/// <summary>
/// Keeps what this service measures, from when it is made: what <see cref="TelemetryNames.IsKept"/> says.
/// </summary>
internal sealed partial class MetricStore : IDisposable
{
    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly Lock _collecting = new();
    private readonly MeterListener _listener;
    private readonly IMeterFactory _meters;
    private readonly int _maxSeries;
    private readonly ILogger<MetricStore> _logger;

    public MetricStore(IMeterFactory meters, MetricsOptions options, ILogger<MetricStore> logger)
    {
        (_meters, _maxSeries, _logger) = (meters, options.MaxSeries, logger);
        _listener = new MeterListener { InstrumentPublished = Subscribe };
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, family) => ((MetricFamily)family!).Record((long)value, tags));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, family) => ((MetricFamily)family!).Record((long)value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => ((MetricFamily)family!).Record((long)value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, family) => ((MetricFamily)family!).Record((double)value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, family) => ((MetricFamily)family!).Record((double)value, tags));
        if (!options.Enabled)
        {
            return;
        }

        _listener.Start();
        meters.Create(TelemetryNames.ServiceDefaults).CreateObservableCounter(
            "telemetry.series.overflow", Overflows, "{measurement}", "Measurements whose tags were beyond the bound of their instrument, by instrument.");
    }

    /// <summary>Asks what is to be observed, and shows everything, by name, to one reader at a time.</summary>
    public void Collect(Action<IEnumerable<MetricFamily>> read)
    {
        lock (_collecting)
        {
            foreach (var family in _families.Values.Where(family => family.IsObserved))
            {
                family.Forget();
            }

            try
            {
                _listener.RecordObservableInstruments();
            }
            catch (AggregateException failed)
            {
                LogNotObserved(failed);
            }

            read(_families.Values.OrderBy(family => family.Name, StringComparer.Ordinal));
        }
    }

    public void Dispose() => _listener.Dispose();

    // Another host in this process has a meter factory of its own; what has none belongs to the process.
    private void Subscribe(Instrument instrument, MeterListener listener)
    {
        var meter = instrument.Meter;
        var isMine = meter.Scope is null || ReferenceEquals(meter.Scope, _meters);
        if (isMine && TelemetryNames.IsKept(instrument))
        {
            listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(instrument.Name, _ => new MetricFamily(instrument, _maxSeries)));
        }
    }

    private IEnumerable<Measurement<long>> Overflows() =>
        from family in _families.Values
        where family.Overflowed > 0
        select new Measurement<long>(family.Overflowed, new KeyValuePair<string, object?>("telemetry.instrument", family.Name));

    [LoggerMessage(LogLevel.Warning, "Some metrics could not be read.")]
    private partial void LogNotObserved(Exception exception);
}
