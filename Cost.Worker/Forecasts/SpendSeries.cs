using Cost.Worker.Reports;

namespace Cost.Worker.Forecasts;

/// <summary>What a group spent a day, by day. A day on which it used nothing is not in it, and is zero.</summary>
internal sealed class SpendSeries(GroupNames names)
{
    private readonly SortedDictionary<DateOnly, DaySpend> _days = [];

    public IReadOnlyList<string?> Names => names.Values;

    public static SpendSeries Sum(IEnumerable<SpendSeries> all)
    {
        var sum = new SpendSeries(new GroupNames([]));
        foreach (var (day, spend) in all.SelectMany(one => one._days))
        {
            sum._days[day] = sum._days.GetValueOrDefault(day) + spend;
        }

        return sum;
    }

    public void Add(DateOnly day, in DaySpend spend) => _days[day] = spend;

    public Int128 NanoUsd(DateOnly from, DateOnly to) =>
        _days.Where(pair => pair.Key >= from && pair.Key < to).Aggregate(default(Int128), (sum, pair) => sum + pair.Value.NanoUsd);

    /// <summary>From the first day that has usage to the last whole one before <paramref name="today"/>, in dollars; not a number where it is not known.</summary>
    public IReadOnlyList<double> WholeDays(DateOnly today)
    {
        var days = new List<double>();
        if (_days.Count > 0)
        {
            for (var day = _days.Keys.First(); day < today; day = day.AddDays(1))
            {
                days.Add(_days.TryGetValue(day, out var spend) ? spend.Usd : 0);
            }
        }

        return days;
    }
}
