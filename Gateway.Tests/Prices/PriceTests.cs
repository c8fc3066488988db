using Gateway.Api.Prices;
using ServiceDefaults.Usage;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Prices;

public sealed class PriceTests
{
    private static readonly Price Haiku = new()
    {
        Target = "bedrock/haiku",
        Input = 0.25m,
        Output = 1.25m,
        CachedInput = 0.03m,
        CacheWrite = 0.30m,
        Batch = 0.5m,
        ServiceTiers = new Dictionary<string, decimal> { ["priority"] = 1.75m },
    };

    [Fact]
    [Trait("Requirement", "G4.1")]
    public void Each_class_of_tokens_has_its_own_price() =>
        Haiku.CostOf(new UsageTokens(Input: 1_000, CachedInput: 10_000, CacheWrite: 100, Output: 7)).ShouldBe(250_000 + 300_000 + 30_000 + 8_750);

    [Theory]
    [InlineData(null, 250)]
    [InlineData("default", 250)]
    [InlineData("priority", 438)] // 437.5, half to even
    [InlineData("scale", null)]
    public void A_service_tier_has_its_share_and_an_unknown_one_an_unknown_cost(string? tier, int? cost) =>
        Haiku.CostOf(new UsageTokens(1, 0, 0, 0), tier).ShouldBe(cost);

    [Fact]
    public void A_batch_costs_its_share_and_the_plain_price_where_none_is_stated()
    {
        Haiku.CostOf(new UsageTokens(2, 0, 0, 2), batch: true).ShouldBe(1_500);
        (Haiku with { Batch = null }).CostOf(new UsageTokens(2, 0, 0, 2), batch: true).ShouldBe(3_000);
    }

    [Fact]
    public void Output_without_a_price_is_unknown_and_not_free()
    {
        var embeddings = new Price { Target = "openai/embeddings", Input = 0.02m };

        embeddings.CostOf(new UsageTokens(50, 0, 0, 0)).ShouldBe(1_000);
        embeddings.CostOf(new UsageTokens(50, 0, 0, 1)).ShouldBeNull();
    }

    [Fact]
    public void Caching_saves_the_difference_to_the_full_price()
    {
        Haiku.CacheSavingOf(new UsageTokens(5, 1_000, 0, 5)).ShouldBe(220_000);
        (Haiku with { CachedInput = null }).CacheSavingOf(new UsageTokens(5, 1_000, 0, 5)).ShouldBe(0);
    }

    [Fact]
    public void The_largest_sums_do_not_overflow() =>
        (Haiku with { Input = 1_000_000m }).CostOf(new UsageTokens(9_000_000, 0, 0, 0)).ShouldBe(9_000_000_000_000_000);
}
