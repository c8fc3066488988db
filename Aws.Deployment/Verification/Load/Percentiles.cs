namespace Aws.Deployment.Verification.Load;

/// <summary>Percentiles by the nearest rank: each is a time that was measured.</summary>
internal sealed record Percentiles(TimeSpan P50, TimeSpan P95, TimeSpan P99, TimeSpan Longest)
{
    /// <summary>Null where there are no times.</summary>
    public static Percentiles? Of(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Order().ToList();
        return sorted.Count == 0 ? null : new Percentiles(At(sorted, 50), At(sorted, 95), At(sorted, 99), sorted[^1]);
    }

    private static TimeSpan At(List<TimeSpan> sorted, int percent) => sorted[((sorted.Count * percent) + 99) / 100 - 1];
}
