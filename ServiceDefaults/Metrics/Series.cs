namespace ServiceDefaults.Metrics;

/// <summary>What one instrument measured under one set of tags. Recording takes no lock and allocates nothing.</summary>
/// <param name="tags">By name, none of them empty.</param>
/// <param name="labels">The same as Prometheus has them, such as <c>gateway_target="local/phi",gateway_outcome="ok"</c>.</param>
internal abstract class Series(KeyValuePair<string, string>[] tags, string labels)
{
    public KeyValuePair<string, string>[] Tags { get; } = tags;

    public string Labels { get; } = labels;

    public abstract void Record(long value);

    public abstract void Record(double value);
}
