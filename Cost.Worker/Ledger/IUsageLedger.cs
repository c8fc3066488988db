using ServiceDefaults.Usage;

namespace Cost.Worker.Ledger;

/// <summary>
/// Where usage is kept for good: a record for each event, and sums of them for each hour and day. One worker writes it;
/// any process may read it meanwhile. Each event counts once, whatever was killed and however often the event is delivered.
/// </summary>
internal interface IUsageLedger : IAsyncDisposable
{
    /// <summary>Journal → the last number that is kept for good, with all before it. Filled by <see cref="OpenAsync"/>.</summary>
    IReadOnlyDictionary<string, long> Kept { get; }

    /// <summary>Takes the ledger for writing and finds out what it holds. To be called again after a failure.</summary>
    /// <exception cref="InvalidDataException">Another worker has it.</exception>
    /// <exception cref="LedgerUnavailableException">It cannot be read or written at present.</exception>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Keeps the batches for good; when it returns no crash can undo it. Each begins where its journal's last one ended.</summary>
    /// <exception cref="LedgerUnavailableException">Not all of it could be kept: open again and append the same batches again.</exception>
    Task AppendAsync(IReadOnlyList<LedgerBatch> batches, CancellationToken cancellationToken);

    /// <summary>Brings what helps readers and the next start up to date: at once, or only where that is worth its price.</summary>
    Task FlushAsync(bool onlyWhereDue, CancellationToken cancellationToken);

    /// <summary>Gives the sums of a period, by the hour where asked for; needs no <see cref="OpenAsync"/>.</summary>
    Task<LedgerNotes> ReadAsync(UsagePeriod period, bool hourly, Action<RollUpRow> take, CancellationToken cancellationToken);

    /// <summary>Gives the events that are booked on a day, in no order, also such as are of a round that did not end; needs no <see cref="OpenAsync"/>.</summary>
    /// <exception cref="LedgerUnavailableException">They cannot be read at present.</exception>
    Task ReadEventsAsync(DateOnly day, Action<UsageEvent> take, CancellationToken cancellationToken);

    /// <summary>As <see cref="ReadEventsAsync"/>, but may leave out events whose JSON does not hold all of the texts: looking for them is quicker than reading the event.</summary>
    /// <exception cref="LedgerUnavailableException">They cannot be read at present.</exception>
    Task ReadEventsHoldingAsync(DateOnly day, IReadOnlyList<byte[]> texts, Action<UsageEvent> take, CancellationToken cancellationToken) => ReadEventsAsync(day, take, cancellationToken);

    /// <summary>Works the sums out anew from the records, of one period or of all; returns how many days that were. Needs <see cref="OpenAsync"/>.</summary>
    Task<int> RebuildAsync(UsagePeriod? period, CancellationToken cancellationToken);
}
