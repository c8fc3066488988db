using Cost.Worker.Traffic;

namespace Cost.Worker.Objectives;

/// <summary>Counts as they are kept on disk.</summary>
/// <param name="At">When that was.</param>
/// <param name="Kept">Journal → the last number that is in them.</param>
/// <param name="Objectives">By definition.</param>
internal sealed record KeptCounts(DateTimeOffset At, IReadOnlyDictionary<string, long> Kept, IReadOnlyDictionary<string, KeptCounts.Steps> Objectives)
{
    public static KeptCounts Of(IEnumerable<Objective> objectives, IReadOnlyDictionary<string, long> kept, DateTimeOffset now) => new(
        now, new Dictionary<string, long>(kept),
        objectives.DistinctBy(objective => objective.Definition).ToDictionary(objective => objective.Definition, objective => new Steps(Of(objective.Minutes), Of(objective.Hours))));

    /// <summary>False where nothing is known of the objective.</summary>
    public bool TryFill(Objective objective)
    {
        if (!Objectives.TryGetValue(objective.Definition, out var steps))
        {
            return false;
        }

        Fill(objective.Minutes, steps.Minutes);
        Fill(objective.Hours, steps.Hours);
        return true;
    }

    // [[29398320,1200,3],…]: number of the step, total, bad.
    private static long[][] Of(TimeRing<GoodBad> ring) => [.. ring.Steps().Select(step => new[] { step.Number, step.Sum.Total, step.Sum.Bad })];

    private static void Fill(TimeRing<GoodBad> ring, long[][] steps)
    {
        foreach (var step in steps)
        {
            if (step is [var number, var total, var bad])
            {
                ring.Add(number, new GoodBad(total, bad));
            }
        }
    }

    internal sealed record Steps(long[][] Minutes, long[][] Hours);
}
