using System.Text;
using Gateway.Api.Prices;
using Microsoft.Extensions.Configuration;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Prices;

public sealed class PriceReaderTests
{
    private static readonly DateTimeOffset Today = new(2026, 11, 21, 23, 59, 59, TimeSpan.Zero);

    [Fact]
    public void A_model_with_a_colon_in_its_name_keeps_it()
    {
        var price = Read("""{ "bedrock/anthropic.claude-3-haiku-20240307-v1:0": { "Input": 0.25, "Output": 1.25, "CachedInput": 0.03, "CacheWrite": 0.30, "ServiceTiers": { "flex": 0.5 } } }""")
            .Find("bedrock/anthropic.claude-3-haiku-20240307-v1:0", Today);

        price.ShouldNotBeNull();
        price.ShouldSatisfyAllConditions(
            () => price.Version.ShouldBe("bedrock/anthropic.claude-3-haiku-20240307-v1:0"),
            () => price.Input.ShouldBe(0.25m),
            () => price.Output.ShouldBe(1.25m),
            () => price.CachedInput.ShouldBe(0.03m),
            () => price.CacheWrite.ShouldBe(0.30m),
            () => price.ServiceTiers["flex"].ShouldBe(0.5m));
    }

    [Fact]
    public void The_newest_price_that_has_begun_holds()
    {
        var prices = Read("""{ "openai/gpt": { "Input": 1 }, "openai/gpt@2026-11-21": { "Input": 2 }, "openai/gpt@2026-11-22": { "Input": 3 } }""");

        prices.Find("openai/gpt", Today)!.Version.ShouldBe("openai/gpt@2026-11-21");
        prices.Find("openai/gpt", Today.AddSeconds(1))!.Input.ShouldBe(3);
        prices.Find("openai/gpt", Today.AddYears(-9))!.Version.ShouldBe("openai/gpt");
        prices.Find("openai/other", Today).ShouldBeNull();
    }

    [Fact]
    public void A_price_that_has_not_begun_is_no_price() =>
        Read("""{ "openai/gpt@2026-11-22": { "Input": 3 } }""").Find("openai/gpt", Today).ShouldBeNull();

    [Theory]
    [InlineData("""{ "openai/gpt": { "Input": -1 } }""", "Gateway:Prices:openai/gpt:Input is '-1'; it must be a number from 0 to 1000000, in US dollars per million tokens.")]
    [InlineData("""{ "openai/gpt": { "Input": "much" } }""", "Gateway:Prices:openai/gpt:Input is 'much'; it must be a number from 0 to 1000000, in US dollars per million tokens.")]
    [InlineData("""{ "openai/gpt": { "Output": 1 } }""", "Gateway:Prices:openai/gpt:Input is missing; a price needs it, in US dollars per million tokens.")]
    [InlineData("""{ "openai/gpt": { "Input": 1, "Ouput": 1 } }""", "Gateway:Prices:openai/gpt:Ouput is not known; allowed: Input, Output, CachedInput, CacheWrite, Batch, ServiceTiers.")]
    [InlineData("""{ "gpt": { "Input": 1 } }""", "Gateway:Prices:gpt names no target; a price stands under <provider>/<model> or <provider>/<model>@<yyyy-MM-dd>.")]
    [InlineData("""{ "openai/gpt": { "Input": 1, "ServiceTiers": { "flex": 101 } } }""", "Gateway:Prices:openai/gpt:ServiceTiers:flex is '101'; it must be a number from 0 to 100, as a part of the price: 0.5 is half.")]
    public void A_fault_is_told_with_its_key_and_what_is_allowed(string prices, string fault)
    {
        var faults = new List<string>();
        Read(prices, faults);
        faults.ShouldBe([fault]);
    }

    private static PriceList Read(string prices, List<string>? faults = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes($$"""{ "Gateway": { "Prices": {{prices}} } }""")))
            .Build();
        var found = new List<string>();
        var list = PriceReader.Read(configuration.GetSection("Gateway:Prices"), faults ?? found);
        found.ShouldBeEmpty();
        return list;
    }
}
