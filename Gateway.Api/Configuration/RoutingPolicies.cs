namespace Gateway.Api.Configuration;

/// <summary>The values of <see cref="ModelOptions.Policy"/>.</summary>
internal static class RoutingPolicies
{
    public const string Priority = "Priority";
    public const string Weighted = "Weighted";
    public const string LeastLatency = "LeastLatency";
    public const string LowestCost = "LowestCost";
    public const string Balanced = "Balanced";

    public static readonly string[] All = [Priority, Weighted, LeastLatency, LowestCost, Balanced];

    /// <summary>Those that cannot choose without a price for each target.</summary>
    public static readonly string[] ThatWantPrices = [LowestCost, Balanced];
}
