namespace Cost.Worker.Forecasts.Models;

/// <summary>
/// Winsorises what stands out for three days at most: beyond four robust standard deviations from the median of the seven days around, once the weekday is
/// taken out. A level that lasts longer is the median by then, and stays.
/// </summary>
internal static class SpikeFilter
{
    private const double Deviations = 4;
    private const int SpreadDays = 8 * Season.Week;

    public static double[] Clean(ReadOnlySpan<double> days)
    {
        var effects = Season.Effects(days);
        var cleaned = days.ToArray();
        for (var day = 0; day < cleaned.Length; day++)
        {
            cleaned[day] -= effects[day % Season.Week];
        }

        var level = new double[cleaned.Length];
        var distance = new double[cleaned.Length];
        for (var day = 0; day < cleaned.Length; day++)
        {
            level[day] = Robust.Median(Season.Around(cleaned, day));
            distance[day] = cleaned[day] - level[day];
        }

        var bound = Deviations * Robust.Deviation(distance.AsSpan(Math.Max(0, distance.Length - SpreadDays)));
        for (var day = 0; day < cleaned.Length; day++)
        {
            cleaned[day] = bound > 0 && Math.Abs(distance[day]) > bound
                ? level[day] + (Math.Sign(distance[day]) * bound) + effects[day % Season.Week]
                : days[day];
        }

        return cleaned;
    }
}
