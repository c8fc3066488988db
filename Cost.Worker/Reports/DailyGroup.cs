namespace Cost.Worker.Reports;

/// <summary>What a group spent by day, in nano-dollars.</summary>
internal sealed record DailyGroup(string Name, IReadOnlyList<Int128> NanoUsd);
