namespace Gateway.Api.Routing.Policies;

/// <summary>
/// The faster of two that are taken by chance, then the rest by speed: all who choose at once would else choose the same one and
/// make it slow (M. Mitzenmacher, The Power of Two Choices in Randomized Load Balancing, 2001).
/// </summary>
internal sealed class LeastLatencyPolicy(Random random) : IRoutingPolicy
{
    public IReadOnlyList<Target> Order(IReadOnlyList<Target> targets, Demand demand)
    {
        Span<double> seconds = stackalloc double[targets.Count];
        var now = targets[0].Health.Load.Now();
        for (var i = 0; i < seconds.Length; i++)
        {
            seconds[i] = targets[i].Health.Load.ExpectedSeconds(demand, now);
        }

        var one = random.Next(seconds.Length);
        var other = (one + 1 + random.Next(seconds.Length - 1)) % seconds.Length;
        seconds[seconds[one] <= seconds[other] ? one : other] = -1;
        return Ranking.ByScore(targets, seconds);
    }
}
