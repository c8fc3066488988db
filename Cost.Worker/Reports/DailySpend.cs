using System.Runtime.InteropServices;
using Cost.Worker.Ledger;

namespace Cost.Worker.Reports;

/// <summary>What was spent on each day of a period, by the first of the report's dimensions: the largest groups, and all others together.</summary>
internal sealed class DailySpend(UsagePeriod period, Dimension? by)
{
    private const int MostGroups = 5;

    private readonly Dictionary<GroupNames, Int128[]> _groups = [];

    public DateOnly First { get; } = DateOnly.FromDateTime(period.From.UtcDateTime);

    public int Days { get; } = DateOnly.FromDateTime(period.To.UtcDateTime.AddTicks(-1)).DayNumber - DateOnly.FromDateTime(period.From.UtcDateTime).DayNumber + 1;

    /// <summary>What the groups are; null where all is one.</summary>
    public Dimension? By { get; } = by is { Name: "day" or "hour" } ? null : by;

    public void Add(RollUpRow row)
    {
        ref var days = ref CollectionsMarshal.GetValueRefOrAddDefault(_groups, new GroupNames(By is null ? [] : [By.Of(row)]), out _);
        days ??= new Int128[Days];
        days[row.Day.DayNumber - First.DayNumber] += row.Sums.CostNanoUsd;
    }

    /// <summary>The largest first; a group's nano-dollars by day.</summary>
    public IReadOnlyList<DailyGroup> Groups()
    {
        var sorted = _groups.OrderByDescending(pair => Sum(pair.Value)).ThenBy(pair => pair.Key.Values.FirstOrDefault(), StringComparer.Ordinal).ToList();
        var groups = sorted.Take(MostGroups).Select(pair => new DailyGroup(By is null ? "all" : Names.Shown(pair.Key.Values[0]), pair.Value)).ToList();
        if (sorted.Count > MostGroups)
        {
            groups.Add(new DailyGroup($"{sorted.Count - MostGroups} others", [.. Enumerable.Range(0, Days).Select(day => sorted.Skip(MostGroups).Aggregate(default(Int128), (sum, pair) => sum + pair.Value[day]))]));
        }

        return groups;
    }

    private static Int128 Sum(Int128[] days) => days.Aggregate(default(Int128), (sum, day) => sum + day);
}
