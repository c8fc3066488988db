using Cost.Worker.Ledger;
using ServiceDefaults.Usage;

namespace Cost.Worker.Traffic.Series;

/// <summary>Counts what comes in for charts; what came before is added by <see cref="RecentPast"/>.</summary>
internal sealed class TrafficBook(TimeProvider time) : IUsageWatcher
{
    private readonly Lock _lock = new();
    private readonly TrafficCounts _counts = new();
    private bool _isRestored;

    public Task BeginAsync(IUsageLedger ledger, CancellationToken cancellationToken) => Task.CompletedTask;

    public void Add(UsageEvent one)
    {
        lock (_lock)
        {
            _counts.Add(one, time.GetUtcNow());
        }
    }

    /// <summary>Takes in what was before the start.</summary>
    public void Restore(TrafficCounts before)
    {
        lock (_lock)
        {
            _counts.AddAll(before);
            _isRestored = true;
        }
    }

    public TrafficAnswer Ask(TrafficQuestion question)
    {
        lock (_lock)
        {
            return new TrafficAnswer(question, _isRestored, [.. _counts.By(question.By).Select(one => ShownSeries.Of(one.Name, one.Series.Of(question.Step), question)).Where(series => series.Total.Requests > 0 || question.By is null)]);
        }
    }
}
