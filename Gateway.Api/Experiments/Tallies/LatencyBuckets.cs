namespace Gateway.Api.Experiments.Tallies;

/// <summary>Latencies by size, each bucket a tenth wider than the one before, from a millisecond on: what a quantile is read from is right to 5 %.</summary>
internal static class LatencyBuckets
{
    private const double Growth = 1.1;

    public static int Of(double milliseconds) => milliseconds <= 1 ? 0 : (int)Math.Ceiling(Math.Log(milliseconds) / Math.Log(Growth));

    /// <summary>The middle of a bucket, in milliseconds.</summary>
    public static double MiddleOf(int bucket) => Math.Pow(Growth, bucket - 0.5);
}
