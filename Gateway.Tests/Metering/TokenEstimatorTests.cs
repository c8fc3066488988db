using Gateway.Api.Metering;
using ServiceDefaults.Usage;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Metering;

public sealed class TokenEstimatorTests
{
    [Fact]
    public void Takes_four_bytes_for_a_token_until_it_has_learned() =>
        new TokenEstimator().Estimate("local/a", requestBytes: 401, outputBytes: 4).ShouldBe(new UsageTokens(101, 0, 0, 1));

    [Fact]
    public void Learns_each_targets_own_rate()
    {
        var estimator = new TokenEstimator();
        for (var i = 0; i < 200; i++)
        {
            estimator.Learn("local/a", requestBytes: 1_000, outputBytes: 200, new UsageTokens(60, 30, 10, 100));
        }

        estimator.Estimate("local/a", requestBytes: 500, outputBytes: 50).ShouldBe(new UsageTokens(51, 0, 0, 25));
        estimator.Estimate("local/b", requestBytes: 500, outputBytes: 50).ShouldBe(new UsageTokens(125, 0, 0, 13));
    }
}
