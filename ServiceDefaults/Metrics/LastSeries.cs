namespace ServiceDefaults.Metrics;

/// <summary>What was measured last.</summary>
internal sealed class LastSeries(KeyValuePair<string, string>[] tags, string labels) : NumberSeries(tags, labels)
{
    private AtomicDouble _value;

    /// <summary>Whether it was measured since the mark was taken away: what is observed may be gone the next time.</summary>
    public bool IsFresh { get; set; }

    public override double Value => _value.Value;

    public override void Record(long value) => Record((double)value);

    public override void Record(double value)
    {
        _value.Set(value);
        IsFresh = true;
    }
}
