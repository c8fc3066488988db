using Cost.Worker.Traffic.Series;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Traffic;

public sealed class LatencyHistogramTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1_000, 2)]
    [InlineData(10_000, 3)]
    [Trait("Requirement", "G4.1")]
    public void A_quantile_is_right_to_five_per_cent(int count, int seed)
    {
        var random = new Random(seed);
        var taken = Enumerable.Range(0, count).Select(_ => (long)Math.Exp(random.NextDouble() * 15) + 100).ToList();
        var (first, second) = (new LatencyHistogram(), new LatencyHistogram());
        for (var i = 0; i < count; i++)
        {
            (i % 3 == 0 ? first : second).Add(taken[i]);
        }

        first.AddAll(second);

        taken.Sort();
        foreach (var share in new[] { 0.5, 0.95, 0.99, 1 })
        {
            var exact = taken[(int)Math.Ceiling(share * count) - 1] / 1_000d;
            first.Quantile(share)!.Value.ShouldBeInRange(exact * 0.95, exact * 1.05);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    public void What_is_beyond_its_steps_counts_at_their_ends(long microseconds)
    {
        var histogram = new LatencyHistogram();
        histogram.Quantile(0.5).ShouldBeNull();
        histogram.Add(microseconds);
        histogram.Quantile(0.5)!.Value.ShouldBeInRange(0.05, 1e7);
    }
}
