namespace Cost.Worker.Forecasts.Models;

/// <summary>Puts a likely value where none is known, from what went before alone, so that a backtest learns nothing of its future.</summary>
internal static class GapFilter
{
    private const int Weeks = 4;

    /// <param name="days">Spend a day; <see cref="double.NaN"/> where it is not known.</param>
    public static double[] Fill(IReadOnlyList<double> days)
    {
        double[] filled = [.. days];
        var firstKnown = filled.FirstOrDefault(value => !double.IsNaN(value), 0);
        for (var day = 0; day < filled.Length; day++)
        {
            if (double.IsNaN(filled[day]))
            {
                filled[day] = Likely(filled, day) ?? firstKnown;
            }
        }

        return filled;
    }

    // The middle of the same weekday's last values, else the day before.
    private static double? Likely(double[] filled, int day)
    {
        var same = Enumerable.Range(1, Weeks).Select(weeks => day - (weeks * Season.Week)).Where(earlier => earlier >= 0).Select(earlier => filled[earlier]).ToArray();
        return same.Length > 0 ? Robust.Median(same) : day > 0 ? filled[day - 1] : null;
    }
}
