namespace Gateway.Api.Routing.Policies;

/// <summary>Orders targets by a score.</summary>
internal static class Ranking
{
    /// <summary>The targets by their scores, the lowest first; those that are equal stay in the order given.</summary>
    public static Target[] ByScore(IReadOnlyList<Target> targets, ReadOnlySpan<double> scores)
    {
        var order = new Target[targets.Count];
        Span<double> sorted = stackalloc double[targets.Count];
        for (var i = 0; i < order.Length; i++)
        {
            var place = i;
            for (; place > 0 && sorted[place - 1] > scores[i]; place--)
            {
                (sorted[place], order[place]) = (sorted[place - 1], order[place - 1]);
            }

            (sorted[place], order[place]) = (scores[i], targets[i]);
        }

        return order;
    }
}
