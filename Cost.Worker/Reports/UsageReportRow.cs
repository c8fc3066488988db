using Cost.Worker.Ledger;

namespace Cost.Worker.Reports;

/// <param name="Names">One for each dimension that the report is by; null where the requests had none.</param>
internal sealed record UsageReportRow(IReadOnlyList<string?> Names, UsageSums Sums);
