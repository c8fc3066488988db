namespace Gateway.Api.Routing.Policies;

/// <summary>
/// Cost and latency together: each as a part of the highest among the targets, added up by <paramref name="costShare"/>. A target that
/// is busy, and so slower, hands over to the next.
/// </summary>
internal sealed class BalancedPolicy(ExpectedCost cost, double costShare) : IRoutingPolicy
{
    public IReadOnlyList<Target> Order(IReadOnlyList<Target> targets, Demand demand)
    {
        Span<double> costs = stackalloc double[targets.Count];
        Span<double> seconds = stackalloc double[targets.Count];
        var (dearest, slowest) = (0.0, 0.0);
        var now = targets[0].Health.Load.Now();
        cost.Of(targets, demand, costs);
        for (var i = 0; i < costs.Length; i++)
        {
            seconds[i] = targets[i].Health.Load.ExpectedSeconds(demand, now);
            dearest = double.IsFinite(costs[i]) ? Math.Max(dearest, costs[i]) : dearest;
            slowest = Math.Max(slowest, seconds[i]);
        }

        var (perCost, perSecond) = (PartOf(costShare, dearest), PartOf(1 - costShare, slowest));
        for (var i = 0; i < costs.Length; i++)
        {
            // What costs an unknown sum counts as the dearest, unless nothing is known.
            costs[i] = (perCost > 0 ? Math.Min(costShare, costs[i] * perCost) : 0) + (seconds[i] * perSecond);
        }

        return Ranking.ByScore(targets, costs);
    }

    private static double PartOf(double share, double most) => most > 0 ? share / most : 0;
}
