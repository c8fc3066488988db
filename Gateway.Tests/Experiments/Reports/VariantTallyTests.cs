using Gateway.Api.Experiments.Reports;
using Gateway.Api.Experiments.Tallies;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Experiments.Reports;

/// <summary>What is read from counts.</summary>
[Trait("Requirement", "G7.3")]
public sealed class VariantTallyTests
{
    private static readonly DateOnly Day = new(2026, 11, 21);

    [Fact]
    public void Only_the_days_asked_for_and_only_the_variants_own_counts_are_read()
    {
        var counts = new Dictionary<string, long>
        {
            [$"{new TallyField(Day, "b", TallyField.Requests)}"] = 3,
            [$"{new TallyField(Day.AddDays(1), "b", TallyField.Requests)}"] = 4,
            [$"{new TallyField(Day.AddDays(2), "b", TallyField.Requests)}"] = 5,
            [$"{new TallyField(Day, "control", TallyField.Requests)}"] = 100,
            ["of a later version"] = 1,
        };

        VariantTally.Of("b", null, null, counts).Requests.ShouldBe(12);
        VariantTally.Of("b", Day.AddDays(1), Day.AddDays(1), counts).Requests.ShouldBe(4);
        VariantTally.Of("b", Day.AddDays(1), null, counts).Requests.ShouldBe(9);
    }

    [Theory]
    [InlineData(0.2, 0.2)]
    [InlineData(30, 1.5)]
    [InlineData(950, 47.5)]
    [InlineData(30_000, 1500)]
    public void A_quantile_is_right_to_five_percent(double milliseconds, double tolerance)
    {
        var counts = new Dictionary<string, long>
        {
            [$"{TallyField.LatencyBucket}{LatencyBuckets.Of(milliseconds)}"] = 90,
            [$"{TallyField.LatencyBucket}{LatencyBuckets.Of(100_000)}"] = 10,
        };

        var tally = new VariantTally(counts);

        Math.Abs(tally.LatencyQuantile(0.5)!.Value - milliseconds).ShouldBeLessThanOrEqualTo(tolerance + 1);
        tally.LatencyQuantile(0.95)!.Value.ShouldBe(100_000, 5_000);
        new VariantTally(new Dictionary<string, long>()).LatencyQuantile(0.5).ShouldBeNull();
    }
}
