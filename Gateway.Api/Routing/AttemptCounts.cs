namespace Gateway.Api.Routing;

/// <summary>Attempts at a target, and those of them that failed.</summary>
internal readonly record struct AttemptCounts(long Attempts, long Failures)
{
    public static AttemptCounts Of(Target target) => new(target.Health.Load.Attempts, target.Health.Load.Failures);

    public static AttemptCounts operator -(AttemptCounts now, AttemptCounts then) => new(now.Attempts - then.Attempts, now.Failures - then.Failures);
}
