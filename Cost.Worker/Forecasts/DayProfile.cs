using Cost.Worker.Ledger;

namespace Cost.Worker.Forecasts;

/// <summary>How a day's spend is spread over its hours: half of it as all spend of the day before and of the same weekday was, half evenly, for days that are unlike them.</summary>
internal sealed class DayProfile
{
    private const int HoursOfDay = 24;
    private const int Week = 7;
    private const double Learned = 0.5;

    private readonly double[] _share;

    private DayProfile(DateOnly day, double[] share) => (Day, _share) = (day, share);

    /// <summary>The day that it is for.</summary>
    public DateOnly Day { get; }

    public static async Task<DayProfile> ReadAsync(IUsageLedger ledger, DateOnly day, CancellationToken cancellationToken)
    {
        var hours = new double[HoursOfDay];
        foreach (var before in (DateOnly[])[day.AddDays(-1), day.AddDays(-Week)])
        {
            await ledger.ReadAsync(UsagePeriod.OfDays(before, before.AddDays(1)), hourly: true, row => hours[row.Hour!.Value] += Math.Max(0, (double)row.Sums.CostNanoUsd), cancellationToken);
        }

        var sum = hours.Sum();
        return new DayProfile(day, [.. hours.Select(hour => sum > 0 ? (Learned * hour / sum) + ((1 - Learned) / HoursOfDay) : 1.0 / HoursOfDay)]);
    }

    /// <summary>How much of the day's spend is usually made by then, from 0 to 1.</summary>
    public double ShareUntil(TimeSpan time)
    {
        var hour = Math.Min(time.Hours, HoursOfDay - 1);
        return Math.Min(1, _share.AsSpan(0, hour).ToArray().Sum() + (_share[hour] * (time.TotalHours - hour)));
    }
}
