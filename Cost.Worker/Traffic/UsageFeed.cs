using Cost.Worker.Ledger;

namespace Cost.Worker.Traffic;

/// <summary>Passes on to all who watch what the ledger has kept: each event once, after it was kept.</summary>
internal sealed class UsageFeed(IEnumerable<IUsageWatcher> watchers)
{
    private readonly IUsageWatcher[] _watchers = [.. watchers];
    private bool _hasBegun;

    /// <summary>Nothing is passed on before it; once it has succeeded it does nothing any more.</summary>
    /// <exception cref="LedgerUnavailableException">The ledger cannot be read at present.</exception>
    public async Task BeginAsync(IUsageLedger ledger, CancellationToken cancellationToken)
    {
        if (_hasBegun)
        {
            return;
        }

        foreach (var watcher in _watchers)
        {
            await watcher.BeginAsync(ledger, cancellationToken);
        }

        _hasBegun = true;
    }

    public void Add(IEnumerable<LedgerBatch> batches)
    {
        foreach (var booked in batches.SelectMany(batch => batch.Events))
        {
            foreach (var watcher in _watchers)
            {
                watcher.Add(booked.Event);
            }
        }
    }
}
