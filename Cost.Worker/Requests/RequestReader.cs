using Cost.Worker.Ledger;
using ServiceDefaults.Usage;

namespace Cost.Worker.Requests;

/// <summary>Reads pages of the request log: from memory where all of a page is there, else from the ledger's days, the latest first.</summary>
internal sealed class RequestReader(IUsageLedger ledger, RequestLog log) : IDisposable
{
    // The worker's own work comes first, and reading a day takes a processor.
    private readonly SemaphoreSlim _reading = new(1);

    /// <summary>The newest requests before a place: as many as asked for, and one more where there is one.</summary>
    /// <exception cref="LedgerUnavailableException">The ledger cannot be read at present.</exception>
    public async Task<IReadOnlyList<UsageEvent>> ReadAsync(RequestFilter filter, LogPlace? before, int most, CancellationToken cancellationToken)
    {
        var (held, from) = log.Held();
        var latest = new LatestRequests(filter, before, most + 1);
        for (var i = held.Count - 1; i >= 0; i--)
        {
            latest.Add(held[i]);
        }

        var found = latest.Newest();
        if (filter.From > from || (found.Count > most && found[^1].At > from))
        {
            return found;
        }

        await _reading.WaitAsync(cancellationToken);
        try
        {
            // Files are read on the thread that asks.
            return await Task.Run(() => ReadDaysAsync(filter, before, most + 1, cancellationToken), cancellationToken);
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private async Task<IReadOnlyList<UsageEvent>> ReadDaysAsync(RequestFilter filter, LogPlace? before, int most, CancellationToken cancellationToken)
    {
        var found = new List<UsageEvent>();
        var last = DateOnly.FromDateTime(filter.To.UtcDateTime);
        for (var day = before?.Day < last ? before.Value.Day : last; found.Count < most && day >= DateOnly.FromDateTime(filter.From.UtcDateTime); day = day.AddDays(-1))
        {
            var latest = new LatestRequests(filter, before, most - found.Count);
            await ledger.ReadEventsHoldingAsync(day, filter.Texts, latest.Add, cancellationToken);
            found.AddRange(latest.Newest());
        }

        return found;
    }
}
