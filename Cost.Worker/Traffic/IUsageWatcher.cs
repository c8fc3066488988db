using Cost.Worker.Ledger;
using ServiceDefaults.Usage;

namespace Cost.Worker.Traffic;

/// <summary>Keeps in memory what has to be known within seconds of an event, instead of asking the ledger.</summary>
internal interface IUsageWatcher
{
    /// <summary>Learns what the ledger holds, before the first event; may be called again where it failed.</summary>
    /// <exception cref="LedgerUnavailableException">The ledger cannot be read at present.</exception>
    Task BeginAsync(IUsageLedger ledger, CancellationToken cancellationToken);

    /// <summary>Takes an event that the ledger has kept just now.</summary>
    void Add(UsageEvent one);
}
