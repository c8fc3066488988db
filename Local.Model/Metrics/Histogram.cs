namespace Local.Model.Metrics;

/// <summary>A Prometheus histogram.</summary>
internal sealed class Histogram(double[] bounds)
{
    private readonly Lock _lock = new();
    private readonly long[] _counts = new long[bounds.Length + 1];
    private double _sum;

    public void Observe(double value)
    {
        var bucket = Array.BinarySearch(bounds, value);
        lock (_lock)
        {
            _counts[bucket < 0 ? ~bucket : bucket]++;
            _sum += value;
        }
    }

    public void Write(PrometheusText text, string name, string labels)
    {
        lock (_lock)
        {
            long total = 0;
            for (var index = 0; index < _counts.Length; index++)
            {
                total += _counts[index];
                text.Sample($"{name}_bucket", $"{labels},le=\"{(index < bounds.Length ? PrometheusText.Number(bounds[index]) : "+Inf")}\"", total);
            }

            text.Sample($"{name}_count", labels, total);
            text.Sample($"{name}_sum", labels, _sum);
        }
    }
}
