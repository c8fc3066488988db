using System.Runtime.InteropServices;
using Cost.Worker.Ledger;

namespace Cost.Worker.Reports;

/// <summary>Sums the ledger's roll-ups up into a report.</summary>
internal static class ReportBuilder
{
    public static async Task<UsageReport> BuildAsync(IUsageLedger ledger, UsagePeriod period, IReadOnlyList<Dimension> by, CancellationToken cancellationToken)
    {
        var groups = new Dictionary<Names, UsageSums>();
        var total = default(UsageSums);
        var hourly = !period.IsWholeDays || by.Any(dimension => dimension.NeedsHours);
        var notes = await ledger.ReadAsync(period, hourly, row =>
        {
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, new Names([.. by.Select(dimension => dimension.Of(row))]), out _);
            sum += row.Sums;
            total += row.Sums;
        }, cancellationToken);

        var rows = groups.Select(pair => new UsageReportRow(pair.Key.Values, pair.Value)).ToList();
        rows.Sort((a, b) => Compare(a.Names, b.Names));
        return new UsageReport(period, by, rows, total, notes);
    }

    private static int Compare(IReadOnlyList<string?> a, IReadOnlyList<string?> b)
    {
        for (var i = 0; i < a.Count; i++)
        {
            if (string.CompareOrdinal(a[i], b[i]) is not 0 and var order)
            {
                return order;
            }
        }

        return 0;
    }

    private readonly record struct Names(string?[] Values)
    {
        public bool Equals(Names other) => Values.AsSpan().SequenceEqual(other.Values);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            foreach (var value in Values)
            {
                hash.Add(value);
            }

            return hash.ToHashCode();
        }
    }
}
