namespace ServiceDefaults.Metrics;

/// <summary>A series that is one number.</summary>
internal abstract class NumberSeries(KeyValuePair<string, string>[] tags, string labels) : Series(tags, labels)
{
    public abstract double Value { get; }
}
