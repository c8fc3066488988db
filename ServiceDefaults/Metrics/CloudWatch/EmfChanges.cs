namespace ServiceDefaults.Metrics.CloudWatch;

/// <summary>What came to each series since it was looked at last: CloudWatch adds up what it is told.</summary>
internal sealed class EmfChanges
{
    private readonly Dictionary<Series, double> _sums = [];
    private readonly Dictionary<HistogramSeries, long[]> _counts = [];

    /// <summary>Null where there is nothing new to tell.</summary>
    public EmfValue? Of(MetricFamily family, Series series) => series switch
    {
        HistogramSeries histogram => Of(family, histogram),
        NumberSeries number when family.Kind == MetricKind.Counter => ValueOf(family, Change(number, number.Value)) is { Number: > 0 } grown ? grown : null,
        NumberSeries number => double.IsFinite(number.Value) ? ValueOf(family, number.Value) : null,
        _ => null,
    };

    private EmfValue? Of(MetricFamily family, HistogramSeries series)
    {
        if (!_counts.TryGetValue(series, out var told))
        {
            _counts[series] = told = new long[series.Bounds.Count + 1];
        }

        var counts = new long[told.Length];
        for (var bucket = 0; bucket < told.Length; bucket++)
        {
            var count = series.CountOf(bucket);
            (counts[bucket], told[bucket]) = (count - told[bucket], count);
        }

        return Array.TrueForAll(counts, count => count == 0)
            ? null
            : ValueOf(family, 0) with { Distribution = EmfDistribution.Of(series.Bounds, counts, Change(series, series.Sum)) };
    }

    private double Change(Series series, double now)
    {
        var change = now - _sums.GetValueOrDefault(series);
        _sums[series] = now;
        return change;
    }

    private static EmfValue ValueOf(MetricFamily family, double number) => new(family.Name, UnitOf(family), number, Distribution: null);

    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html
    private static string UnitOf(MetricFamily family) => family.Unit switch
    {
        "s" => "Seconds",
        "ms" => "Milliseconds",
        "us" => "Microseconds",
        "By" => "Bytes",
        "%" => "Percent",
        "" or ['{', ..] => "Count",
        _ => "None",
    };
}
