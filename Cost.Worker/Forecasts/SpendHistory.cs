using System.Runtime.InteropServices;
using Cost.Worker.Ledger;
using Cost.Worker.Reports;

namespace Cost.Worker.Forecasts;

/// <summary>
/// Reads what was spent a day from the ledger's roll-ups. Today and yesterday are read each time; what is older is kept for an hour, since usage comes
/// that late only where a gateway had been cut off.
/// </summary>
internal sealed class SpendHistory(IUsageLedger ledger, TimeProvider time)
{
    /// <summary>Eighteen weeks: enough for a quarter ahead, and old levels are forgotten.</summary>
    public const int Days = 18 * 7;

    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    private readonly Dictionary<string, (DateOnly Until, SpendDays Days)> _older = [];

    public async Task<(IReadOnlyList<SpendSeries> Series, LedgerNotes Notes)> ReadAsync(IReadOnlyList<Dimension> by, DateOnly today, CancellationToken cancellationToken)
    {
        var older = await OlderAsync(by, today.AddDays(-1), cancellationToken);
        var newer = await ReadAsync(by, today.AddDays(-1), today.AddDays(1), cancellationToken);
        var series = new Dictionary<GroupNames, SpendSeries>();
        foreach (var ((names, day), spend) in older.Days.Concat(newer.Days))
        {
            ref var one = ref CollectionsMarshal.GetValueRefOrAddDefault(series, names, out _);
            one ??= new SpendSeries(names);
            one.Add(day, spend);
        }

        return ([.. series.Values], new LedgerNotes([.. older.Notes.Unreadable, .. newer.Notes.Unreadable], [.. older.Notes.Remarks, .. newer.Notes.Remarks]));
    }

    private async Task<SpendDays> OlderAsync(IReadOnlyList<Dimension> by, DateOnly until, CancellationToken cancellationToken)
    {
        var key = string.Join(',', by.Select(dimension => dimension.Name));
        if (_older.TryGetValue(key, out var kept) && kept.Until == until && time.GetUtcNow() - kept.Days.ReadAt < KeptFor)
        {
            return kept.Days;
        }

        var read = await ReadAsync(by, until.AddDays(1 - Days), until, cancellationToken);
        _older[key] = (until, read);
        return read;
    }

    private async Task<SpendDays> ReadAsync(IReadOnlyList<Dimension> by, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var days = new Dictionary<DayOfGroup, DaySpend>();
        var readAt = time.GetUtcNow();
        var notes = await ledger.ReadAsync(UsagePeriod.OfDays(from, to), hourly: false, row =>
        {
            ref var day = ref CollectionsMarshal.GetValueRefOrAddDefault(days, new DayOfGroup(GroupNames.Of(row, by), row.Day), out _);
            day += row.Sums;
        }, cancellationToken);
        return new SpendDays(readAt, days, notes);
    }
}
