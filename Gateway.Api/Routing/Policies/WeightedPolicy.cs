namespace Gateway.Api.Routing.Policies;

/// <summary>By chance, in proportion to the weights; the others follow by the same rule. Targets of weight 0 come last.</summary>
internal sealed class WeightedPolicy(Random random) : IRoutingPolicy
{
    // Each draws a time to wait, exponential at the rate of its weight; who waits shortest comes first. That gives each place its share.
    public IReadOnlyList<Target> Order(IReadOnlyList<Target> targets, Demand demand)
    {
        Span<double> waits = stackalloc double[targets.Count];
        for (var i = 0; i < waits.Length; i++)
        {
            var weight = targets[i].Weight;
            waits[i] = weight > 0 ? -Math.Log(1 - random.NextDouble()) / weight : double.PositiveInfinity;
        }

        return Ranking.ByScore(targets, waits);
    }
}
