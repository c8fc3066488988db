namespace Gateway.Api.Routing.Policies;

/// <summary>Orders targets by a score.</summary>
internal static class Ranking
{
    /// <summary>The targets by their scores, the lowest first; those that are equal stay in the order given.</summary>
    public static Target[] ByScore(IReadOnlyList<Target> targets, ReadOnlySpan<double> scores)
    {
        // Numbers are moved about, not references: each move of one of those is told to the garbage collector.
        Span<int> places = stackalloc int[scores.Length];
        for (var i = 0; i < places.Length; i++)
        {
            var place = i;
            for (; place > 0 && scores[places[place - 1]] > scores[i]; place--)
            {
                places[place] = places[place - 1];
            }

            places[place] = i;
        }

        var order = new Target[places.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = targets[places[i]];
        }

        return order;
    }
}
