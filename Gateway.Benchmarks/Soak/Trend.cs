namespace Gateway.Benchmarks.Soak;

/// <summary>The straight line through values over time, by least squares.</summary>
/// <param name="PerHour">Its slope.</param>
/// <param name="Share">What it grows by over the values' time, in parts of their mean.</param>
internal readonly record struct Trend(double PerHour, double Share)
{
    public static Trend Of(IReadOnlyList<(TimeSpan At, double Value)> values)
    {
        if (values.Count < 2)
        {
            return new Trend(double.NaN, double.NaN);
        }

        var (meanHour, mean) = (values.Average(one => one.At.TotalHours), values.Average(one => one.Value));
        var slope = values.Sum(one => (one.At.TotalHours - meanHour) * (one.Value - mean)) / values.Sum(one => Math.Pow(one.At.TotalHours - meanHour, 2));
        return new Trend(slope, slope * (values[^1].At - values[0].At).TotalHours / mean);
    }
}
