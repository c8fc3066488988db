namespace Gateway.Api.Routing.Policies;

/// <summary>The cheapest for the request at hand, by its size and what the target usually makes of one.</summary>
internal sealed class LowestCostPolicy(ExpectedCost cost) : IRoutingPolicy
{
    public IReadOnlyList<Target> Order(IReadOnlyList<Target> targets, Demand demand)
    {
        Span<double> costs = stackalloc double[targets.Count];
        cost.Of(targets, demand, costs);
        return Ranking.ByScore(targets, costs);
    }
}
