namespace ServiceDefaults.Metrics.CloudWatch;

/// <summary>
/// What fell into the buckets of a histogram, each bucket as its middle: as OpenTelemetry's own exporter to CloudWatch tells it
/// (https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/exporter/awsemfexporter).
/// </summary>
internal sealed class EmfDistribution
{
    /// <summary>CloudWatch takes no more values at once.</summary>
    private const int MostValues = 100;

    private readonly List<(double Value, long Count)> _values = [];

    private EmfDistribution(double sum) => Sum = sum;

    public IReadOnlyList<(double Value, long Count)> Values => _values;

    public double Min { get; private set; } = double.PositiveInfinity;

    public double Max { get; private set; } = double.NegativeInfinity;

    public double Sum { get; }

    public long Count => _values.Sum(value => value.Count);

    public static EmfDistribution Of(IReadOnlyList<double> bounds, ReadOnlySpan<long> counts, double sum)
    {
        var distribution = new EmfDistribution(sum);
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            if (counts[bucket] > 0)
            {
                var upper = bounds[Math.Min(bucket, bounds.Count - 1)];
                var lower = bucket == 0 ? Math.Min(0, upper) : bounds[bucket - 1];
                distribution.Add(lower, upper, counts[bucket]);
            }
        }

        while (distribution._values.Count > MostValues)
        {
            distribution.Halve();
        }

        return distribution;
    }

    private void Add(double lower, double upper, long count)
    {
        (Min, Max) = (Math.Min(Min, lower), Math.Max(Max, upper));
        _values.Add(((lower + upper) / 2, count));
    }

    // Neighbours become one.
    private void Halve()
    {
        for (var i = 0; i + 1 < _values.Count; i++)
        {
            var ((left, few), (right, more)) = (_values[i], _values[i + 1]);
            _values[i] = (((left * few) + (right * more)) / (few + more), few + more);
            _values.RemoveAt(i + 1);
        }
    }
}
