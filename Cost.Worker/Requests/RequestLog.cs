using Cost.Worker.Ledger;
using Cost.Worker.Traffic;
using ServiceDefaults.Events;
using ServiceDefaults.Usage;

namespace Cost.Worker.Requests;

/// <summary>The last requests, held in memory: what an operator looks at most, and what whoever watches is told.</summary>
internal sealed class RequestLog : IUsageWatcher
{
    public const int Keeps = 10_000;

    private readonly EventFeed<UsageEvent> _feed = new(Keeps, one => LogPlace.Of(one).ToString());
    private readonly Lock _lock = new();
    private DateTimeOffset _from = DateTimeOffset.MinValue;
    private bool _isRestored;

    public Task BeginAsync(IUsageLedger ledger, CancellationToken cancellationToken) => Task.CompletedTask;

    public void Add(UsageEvent one) => Forget(_feed.Publish(one));

    /// <summary>Takes in what was before the start.</summary>
    /// <param name="before">The oldest first.</param>
    /// <param name="from">The moment after which nothing is missing from it.</param>
    public void Restore(IReadOnlyList<UsageEvent> before, DateTimeOffset from)
    {
        foreach (var left in _feed.Prepend(before))
        {
            Forget(left);
        }

        lock (_lock)
        {
            _from = from > _from ? from : _from;
            _isRestored = true;
        }
    }

    public EventSubscription<UsageEvent> Subscribe(string? lastId, RequestFilter filter) => _feed.Subscribe(lastId, filter.Passes);

    /// <summary>What is held, in the order in which it came; and the moment after which all requests that came in are among it.</summary>
    public (IReadOnlyList<UsageEvent> Events, DateTimeOffset From) Held()
    {
        // In this order: what is forgotten in between is known to be missing.
        var events = _feed.Last();
        lock (_lock)
        {
            return (events, _isRestored ? _from : DateTimeOffset.MaxValue);
        }
    }

    private void Forget(UsageEvent? left)
    {
        lock (_lock)
        {
            _from = left is not null && left.At > _from ? left.At : _from;
        }
    }
}
