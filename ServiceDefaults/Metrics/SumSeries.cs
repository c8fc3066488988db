namespace ServiceDefaults.Metrics;

/// <summary>What a counter added up.</summary>
/// <param name="isMonotonic">Whether it may only grow: what would lessen it is not heeded.</param>
internal sealed class SumSeries(KeyValuePair<string, string>[] tags, string labels, bool isMonotonic) : NumberSeries(tags, labels)
{
    private long _whole;
    private AtomicDouble _rest;

    public override double Value => Volatile.Read(ref _whole) + _rest.Value;

    public override void Record(long value)
    {
        if (value >= 0 || !isMonotonic)
        {
            Interlocked.Add(ref _whole, value);
        }
    }

    public override void Record(double value)
    {
        if (double.IsFinite(value) && (value >= 0 || !isMonotonic))
        {
            _rest.Add(value);
        }
    }
}
