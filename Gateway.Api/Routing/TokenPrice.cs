using Gateway.Api.Prices;
using ServiceDefaults.Usage;

namespace Gateway.Api.Routing;

/// <summary>What a target's tokens cost on one day under one list of prices, in nano-dollars, to compare targets by.</summary>
internal sealed class TokenPrice
{
    private static readonly UsageTokens Million = new(Input: 1_000_000, CachedInput: 0, CacheWrite: 0, Output: 0);

    private readonly PriceList _prices;
    private readonly DateTime _day;
    private readonly double _input;
    private readonly double _output;

    private TokenPrice(PriceList prices, DateTime day, double input, double output) => (_prices, _day, _input, _output) = (prices, day, input, output);

    public static TokenPrice Of(string target, PriceList prices, DateTime day)
    {
        var price = prices.Find(target, new DateTimeOffset(day, TimeSpan.Zero));
        return new TokenPrice(prices, day, PerToken(price, Million), PerToken(price, Million with { Input = 0, Output = Million.Input }));
    }

    /// <summary>Whether it still holds.</summary>
    public bool IsOf(PriceList prices, DateTime day) => ReferenceEquals(_prices, prices) && _day == day;

    /// <summary>More than any other where it is not known.</summary>
    public double CostOf(double input, double output) => (input * _input) + (output > 0 ? output * _output : 0);

    private static double PerToken(Price? price, UsageTokens million) => price?.CostOf(million) is { } cost ? cost / 1e6 : double.PositiveInfinity;
}
