using Gateway.Api.Experiments.Reports;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Experiments.Reports;

/// <summary>Intervals against figures from the literature and from tables, and against chance itself.</summary>
[Trait("Requirement", "G7.3")]
public sealed class ConfidenceTests
{
    private const double Close = 0.0005;

    // Newcombe, Statistics in Medicine 17 (1998), pages 857 and 873: methods 3 and 10.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void A_rate(double hits, double count, double low, double high)
    {
        var interval = Confidence.OfRate(hits, count);

        interval.Value.ShouldBe(hits / count);
        interval.Low!.Value.ShouldBe(low, Close);
        interval.High!.Value.ShouldBe(high, Close);
    }

    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(10, 10, 0, 20, 0.6791, 1)]
    public void A_difference_of_rates(double hits, double count, double controlHits, double controlCount, double low, double high)
    {
        var interval = Confidence.OfDifference(Confidence.OfRate(hits, count), Confidence.OfRate(controlHits, controlCount));

        interval.Low!.Value.ShouldBe(low, Close);
        interval.High!.Value.ShouldBe(high, Close);
        interval.ExcludesZero.ShouldBeTrue();
    }

    // 1 to 5: mean 3, variance 2.5; t is 2.7764 at 4 degrees of freedom and 2.3060 at 8.
    [Fact]
    public void A_mean_and_a_difference_of_means()
    {
        var (one, other) = (Of(1, 2, 3, 4, 5), Of(2, 3, 4, 5, 6));

        var mean = Confidence.OfMean(one);
        var difference = Confidence.OfDifference(other, one);

        mean.Value.ShouldBe(3);
        mean.Low!.Value.ShouldBe(3 - (2.7764 * Math.Sqrt(0.5)), Close);
        difference.Value.ShouldBe(1);
        difference.High!.Value.ShouldBe(3.3060, Close);
        difference.ExcludesZero.ShouldBeFalse();
    }

    [Fact]
    public void One_value_has_no_interval_and_equal_values_differ_by_nothing()
    {
        Confidence.OfMean(Of(7)).ShouldBe(new Interval(7, null, null));
        Confidence.OfDifference(Of(7), Of(1, 2)).ShouldBe(new Interval(5.5, null, null));
        Confidence.OfDifference(Of(2, 2), Of(2, 2)).ShouldBe(new Interval(0, 0, 0));
    }

    [Fact]
    public void Nineteen_of_twenty_intervals_hold_the_truth()
    {
        const int Samples = 2_000;
        var random = new Random(7);
        var (means, differences) = (0, 0);
        for (var i = 0; i < Samples; i++)
        {
            // Exponential with mean 1, as latencies are skewed.
            var (one, other) = (Of(Sample(random, 200)), Of(Sample(random, 100)));
            means += Holds(Confidence.OfMean(one), 1) ? 1 : 0;
            differences += Holds(Confidence.OfDifference(one, other), 0) ? 1 : 0;
        }

        ((double)means / Samples).ShouldBeInRange(0.93, 0.97);
        ((double)differences / Samples).ShouldBeInRange(0.93, 0.97);
    }

    private static bool Holds(Interval interval, double truth) => interval.Low <= truth && truth <= interval.High;

    private static double[] Sample(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => -Math.Log(1 - random.NextDouble()))];

    private static Moments Of(params double[] values) => new(values.Length, values.Sum(), values.Sum(value => value * value));
}
