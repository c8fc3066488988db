namespace Cost.Worker.Forecasts.Models;

/// <summary>The one season that daily spend has: the week.</summary>
internal static class Season
{
    public const int Week = 7;

    /// <summary>How each weekday differs from its surroundings: the median over the weeks of the distance to the median of the seven days around. The first is the weekday of the first day.</summary>
    public static double[] Effects(ReadOnlySpan<double> days)
    {
        var effects = new double[Week];
        if (days.Length < 2 * Week)
        {
            return effects;
        }

        var distances = new double[(days.Length / Week) + 1];
        for (var weekday = 0; weekday < Week; weekday++)
        {
            var count = 0;
            for (var day = weekday; day < days.Length; day += Week)
            {
                distances[count++] = days[day] - Robust.Median(Around(days, day));
            }

            effects[weekday] = Robust.Median(distances.AsSpan(0, count));
        }

        return effects;
    }

    /// <summary>The seven days around one; at either end the first or last seven.</summary>
    public static ReadOnlySpan<double> Around(ReadOnlySpan<double> days, int day)
    {
        var from = Math.Clamp(day - (Week / 2), 0, Math.Max(0, days.Length - Week));
        return days.Slice(from, Math.Min(Week, days.Length));
    }
}
