using Aws.Deployment.Verification.Load;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Verification;

public sealed class PercentilesTests
{
    [Fact]
    [Trait("Requirement", "D9")]
    public void Percentiles_are_times_that_were_measured()
    {
        Percentiles.Of(Enumerable.Range(1, 200).Reverse().Select(Milliseconds)).ShouldBe(new Percentiles(Milliseconds(100), Milliseconds(190), Milliseconds(198), Milliseconds(200)));
        Percentiles.Of([Milliseconds(7)]).ShouldBe(new Percentiles(Milliseconds(7), Milliseconds(7), Milliseconds(7), Milliseconds(7)));
        Percentiles.Of([]).ShouldBeNull();
    }

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);
}
