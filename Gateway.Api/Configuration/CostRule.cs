namespace Gateway.Api.Configuration;

/// <summary>What is done with requests for models of one price class while a budget is past its soft threshold.</summary>
public sealed record CostRule
{
    /// <summary>The models that the rule is for, by the price of their dearest target.</summary>
    public PriceClass PriceClass { get; init; } = PriceClass.Expensive;

    /// <summary>Where it applies; the first rule for a class counts.</summary>
    public CostAction Action { get; init; }

    /// <summary><c>Slow</c>: how many of these requests the budget's holder may make in a minute.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary><c>CapOutput</c>: the most tokens that an answer may have.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary><c>Reroute</c>: the alias that answers instead.</summary>
    public string? Alias { get; init; }
}
