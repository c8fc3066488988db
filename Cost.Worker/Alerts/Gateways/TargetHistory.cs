namespace Cost.Worker.Alerts.Gateways;

/// <summary>Tells from what a gateway counts since its start what happened since the last look. For one thread at a time.</summary>
internal sealed class TargetHistory(TimeProvider time)
{
    // A target that nobody called for so long is not known to be down.
    private static readonly TimeSpan Forgets = TimeSpan.FromMinutes(10);

    private readonly Dictionary<(string Alias, string Target), Seen> _seen = [];

    public IReadOnlyList<TargetView> Look(IReadOnlyList<TargetCounts> targets) => [.. targets.Select(Look)];

    private TargetView Look(TargetCounts now)
    {
        var key = (now.Model, now.Target);
        var before = _seen.GetValueOrDefault(key);
        var seen = before is null || now.Attempts < before.Attempts ? First(now) : Next(before, now);
        _seen[key] = seen;
        return new TargetView(now.Model, now.Target, now.Available, now.Reason, now.Circuit, seen.HasBeenUsed, seen.FailedInARow, seen.IsSettled);
    }

    // It was restarted, or is seen for the first time: what it failed at before may be long ago.
    private Seen First(TargetCounts now) => new(now.Attempts, now.Failures, 0, time.GetTimestamp(), now.Available || now.Attempts > 0, IsSettled: false);

    private Seen Next(Seen before, TargetCounts now)
    {
        var (attempts, failures) = (now.Attempts - before.Attempts, now.Failures - before.Failures);
        var isSettled = attempts > failures || (attempts == 0 && time.GetElapsedTime(before.At) > Forgets);
        return new(
            now.Attempts, now.Failures, isSettled ? 0 : before.FailedInARow + failures, attempts > 0 ? time.GetTimestamp() : before.At,
            before.HasBeenUsed || now.Available || now.Attempts > 0, before.IsSettled || isSettled);
    }

    private sealed record Seen(long Attempts, long Failures, long FailedInARow, long At, bool HasBeenUsed, bool IsSettled);
}
