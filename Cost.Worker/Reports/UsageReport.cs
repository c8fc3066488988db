using Cost.Worker.Ledger;

namespace Cost.Worker.Reports;

/// <summary>The usage of a period in groups, in the order of their names.</summary>
internal sealed record UsageReport(UsagePeriod Period, IReadOnlyList<Dimension> By, IReadOnlyList<UsageReportRow> Rows, UsageSums Total, LedgerNotes Notes);
