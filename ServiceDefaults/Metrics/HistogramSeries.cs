namespace ServiceDefaults.Metrics;

/// <summary>How many measurements fell into each bucket.</summary>
/// <param name="bounds">The upper bounds of the buckets, each of which belongs to its bucket; one more bucket has the rest.</param>
internal sealed class HistogramSeries(KeyValuePair<string, string>[] tags, string labels, double[] bounds) : Series(tags, labels)
{
    private readonly long[] _counts = new long[bounds.Length + 1];
    private AtomicDouble _sum;

    public IReadOnlyList<double> Bounds => bounds;

    public double Sum => _sum.Value;

    public long CountOf(int bucket) => Volatile.Read(ref _counts[bucket]);

    public override void Record(long value) => Record((double)value);

    public override void Record(double value)
    {
        if (!double.IsFinite(value))
        {
            return;
        }

        var bucket = Array.BinarySearch(bounds, value);
        Interlocked.Increment(ref _counts[bucket < 0 ? ~bucket : bucket]);
        _sum.Add(value);
    }
}
