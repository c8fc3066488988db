namespace Gateway.Benchmarks.Streams;

internal sealed record Percentiles(double P50, double P99)
{
    public static Percentiles Of(IEnumerable<double> values)
    {
        var ordered = values.Order().ToArray();
        return ordered.Length == 0 ? new Percentiles(double.NaN, double.NaN) : new Percentiles(ordered[ordered.Length / 2], ordered[(int)(ordered.Length * 0.99)]);
    }
}
