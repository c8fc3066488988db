using System.Numerics;

namespace Cost.Worker.Traffic;

/// <summary>Requests for one alias.</summary>
/// <param name="Requests">Those that the service answered or failed at.</param>
/// <param name="Failed">Those that it failed at.</param>
/// <param name="Answered">Those that somebody waited for, and got an answer.</param>
/// <param name="Slow">Those of them that took too long.</param>
internal readonly record struct AliasCounts(long Requests, long Failed, long Answered, long Slow) : IAdditionOperators<AliasCounts, AliasCounts, AliasCounts>
{
    public static AliasCounts operator +(AliasCounts left, AliasCounts right) =>
        new(left.Requests + right.Requests, left.Failed + right.Failed, left.Answered + right.Answered, left.Slow + right.Slow);
}
