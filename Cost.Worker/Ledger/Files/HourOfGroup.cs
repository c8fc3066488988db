namespace Cost.Worker.Ledger.Files;

/// <summary>A group in one hour of a day.</summary>
internal readonly record struct HourOfGroup(int Hour, UsageGroup Group);
