using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using ServiceDefaults.Metrics.Prometheus;
using ServiceDefaults.Telemetry;

namespace ServiceDefaults.Metrics;

/// <summary>
/// The series of one instrument. There are no more of them than its bound; the measurements of tags beyond it go into one series
/// (https://opentelemetry.io/docs/specs/otel/metrics/sdk/#overflow-attribute).
/// </summary>
internal sealed class MetricFamily
{
    // What the SDK has for histograms that declare none: https://opentelemetry.io/docs/specs/otel/metrics/sdk/#explicit-bucket-histogram-aggregation
    private static readonly double[] UsualBounds = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

    private readonly Lock _adding = new();
    private readonly ConcurrentDictionary<TagSet, Series> _byTags = new(TagComparer.Instance);
    private readonly ConcurrentDictionary<TagSet, Series>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> _lookup;
    private readonly ConcurrentDictionary<string, Series> _byLabels = new(StringComparer.Ordinal);
    private readonly Series _overflow;
    private readonly int _maxSeries;
    private readonly bool _isMonotonic;
    private readonly double[] _bounds;
    private int _known;
    private long _overflowed;

    public MetricFamily(Instrument instrument, int maxSeries)
    {
        (Name, Unit, Description, IsObserved) = (instrument.Name, instrument.Unit ?? "", instrument.Description ?? "", instrument.IsObservable);
        var type = instrument.GetType();
        var generic = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        Kind = generic == typeof(Histogram<>) ? MetricKind.Histogram
            : generic == typeof(Counter<>) || generic == typeof(ObservableCounter<>) ? MetricKind.Counter
            : MetricKind.Gauge;
        IsSummed = generic == typeof(Counter<>) || generic == typeof(UpDownCounter<>);
        IsExported = TelemetryNames.ProductSources.Contains(instrument.Meter.Name) || Name == TelemetryNames.RequestDuration;
        (_isMonotonic, _bounds, _maxSeries) = (Kind == MetricKind.Counter, BoundsOf(instrument), maxSeries);
        _lookup = _byTags.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
        _overflow = NewSeries([new("otel.metric.overflow", "true")]);
    }

    public string Name { get; }

    public string Unit { get; }

    public string Description { get; }

    public MetricKind Kind { get; }

    /// <summary>Whether the instrument is asked for its values rather than telling them.</summary>
    public bool IsObserved { get; }

    /// <summary>How many measurements had tags beyond the bound.</summary>
    public long Overflowed => Volatile.Read(ref _overflowed);

    /// <summary>Whether it is one that is paid for where metrics are: the product's own, and how long its requests took.</summary>
    public bool IsExported { get; }

    private bool IsSummed { get; }

    /// <summary>In the order of their labels.</summary>
    public IEnumerable<Series> Series
    {
        get
        {
            var series = _byLabels.Values.Where(one => !IsObserved || one is LastSeries { IsFresh: true }).OrderBy(one => one.Labels, StringComparer.Ordinal);
            return Overflowed > 0 ? series.Append(_overflow) : series;
        }
    }

    public void Record(long value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => Find(tags).Record(value);

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => Find(tags).Record(value);

    /// <summary>What is observed next is all there is.</summary>
    public void Forget()
    {
        foreach (var series in _byLabels.Values.OfType<LastSeries>())
        {
            series.IsFresh = false;
        }
    }

    private Series Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_lookup.TryGetValue(tags, out var series))
        {
            return series;
        }

        if (Volatile.Read(ref _known) < _maxSeries)
        {
            return Add(tags);
        }

        Interlocked.Increment(ref _overflowed);
        return _overflow;
    }

    // Tags that differ in order or type alone, such as 200 and "200", are one series.
    private Series Add(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in tags)
        {
            if (TextOf(value) is { Length: > 0 } text)
            {
                texts[key] = text;
            }
        }

        var made = NewSeries([.. texts]);
        lock (_adding)
        {
            var series = _byLabels.GetOrAdd(made.Labels, made);
            if (_lookup.TryAdd(tags, series))
            {
                _known++;
            }

            return series;
        }
    }

    private Series NewSeries(KeyValuePair<string, string>[] tags)
    {
        var labels = PrometheusText.Labels(tags);
        return Kind == MetricKind.Histogram ? new HistogramSeries(tags, labels, _bounds)
            : IsSummed ? new SumSeries(tags, labels, _isMonotonic)
            : new LastSeries(tags, labels);
    }

    private static string? TextOf(object? value) => value switch
    {
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static double[] BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        _ => UsualBounds,
    };
}
