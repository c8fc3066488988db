using System.Runtime.InteropServices;
using Cost.Worker.Ledger;

namespace Cost.Worker.Reports;

/// <summary>Sums the ledger's roll-ups up into a report.</summary>
internal static class ReportBuilder
{
    public static Task<UsageReport> BuildAsync(IUsageLedger ledger, UsagePeriod period, IReadOnlyList<Dimension> by, CancellationToken cancellationToken) =>
        BuildAsync(ledger, period, by, take: null, cancellationToken);

    /// <param name="take">Is given each row besides.</param>
    public static async Task<UsageReport> BuildAsync(
        IUsageLedger ledger, UsagePeriod period, IReadOnlyList<Dimension> by, Action<RollUpRow>? take, CancellationToken cancellationToken)
    {
        var groups = new Dictionary<GroupNames, UsageSums>();
        var total = default(UsageSums);
        var hourly = !period.IsWholeDays || by.Any(dimension => dimension.NeedsHours);
        var notes = await ledger.ReadAsync(period, hourly, row =>
        {
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, GroupNames.Of(row, by), out _);
            sum += row.Sums;
            total += row.Sums;
            take?.Invoke(row);
        }, cancellationToken);

        var rows = groups.Select(pair => new UsageReportRow(pair.Key.Values, pair.Value)).ToList();
        rows.Sort((a, b) => GroupNames.Compare(a.Names, b.Names));
        return new UsageReport(period, by, rows, total, notes);
    }
}
