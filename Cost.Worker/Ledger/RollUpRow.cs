namespace Cost.Worker.Ledger;

/// <summary>What one group used in one hour, or in a whole day where <paramref name="Hour"/> is null; in UTC.</summary>
internal readonly record struct RollUpRow(DateOnly Day, int? Hour, UsageGroup Group, UsageSums Sums);
