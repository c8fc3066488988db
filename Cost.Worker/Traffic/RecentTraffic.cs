using Cost.Worker.Configuration;
using Cost.Worker.Ledger;
using ServiceDefaults.Usage;

namespace Cost.Worker.Traffic;

/// <summary>How the requests of the last hour fared, by alias and minute.</summary>
internal sealed class RecentTraffic(AlertsOptions options, TimeProvider time) : IUsageWatcher
{
    /// <summary>The longest window there is.</summary>
    public const int Minutes = 60;

    // Aliases that a request was answered for are those that are configured, and of what is passed through those that exist; callers cannot make them up without end.
    private const int MostAliases = 1_000;

    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TimeRing<AliasCounts>> _aliases = new(StringComparer.Ordinal);
    private readonly double _slowMicroseconds = TimeSpan.FromSeconds(options.Latency.Seconds).TotalMicroseconds;

    /// <summary>A start begins with nothing: see <see cref="Covers"/>.</summary>
    public Task BeginAsync(IUsageLedger ledger, CancellationToken cancellationToken) => Task.CompletedTask;

    public void Add(UsageEvent one)
    {
        if (one.Alias is null || Judgement.HasFailed(one) is not { } hasFailed)
        {
            return;
        }

        // A gateway whose clock is ahead has not seen the future.
        var (end, now) = (Judgement.EndOf(one), time.GetUtcNow());
        var isAnswer = !hasFailed && !one.Batch;
        lock (_lock)
        {
            if (RingOf(one.Alias) is { } ring)
            {
                ring.Add(end < now ? end : now, new AliasCounts(1, hasFailed ? 1 : 0, isAnswer ? 1 : 0, isAnswer && one.DurationMicroseconds > _slowMicroseconds ? 1 : 0));
            }
        }
    }

    /// <summary>Whether all of a window is after the start.</summary>
    public bool Covers(TimeSpan window) => time.GetUtcNow() - _start >= window;

    /// <summary>Alias → what came in within the window.</summary>
    public IReadOnlyList<KeyValuePair<string, AliasCounts>> Within(TimeSpan window)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            return [.. _aliases.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Sum(now, window)))];
        }
    }

    private TimeRing<AliasCounts>? RingOf(string alias)
    {
        if (!_aliases.TryGetValue(alias, out var ring) && _aliases.Count < MostAliases)
        {
            _aliases[alias] = ring = new TimeRing<AliasCounts>(Step, Minutes);
        }

        return ring;
    }
}
