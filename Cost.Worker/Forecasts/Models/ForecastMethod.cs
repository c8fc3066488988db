namespace Cost.Worker.Forecasts.Models;

/// <summary>A way to continue a series.</summary>
/// <param name="Name">As reports name it.</param>
/// <param name="Continue">Days without gaps and spikes, and how many to add → the days added.</param>
internal sealed record ForecastMethod(string Name, Func<double[], int, double[]> Continue)
{
    /// <summary>Those that the backtest chooses among; the first wins where two are equal.</summary>
    public static readonly IReadOnlyList<ForecastMethod> All =
    [
        new("seasonal_naive", SeasonalNaive),
        new("holt_winters", HoltWinters.Continue),
        new("drift", Drift),
    ];

    /// <summary>Where there is too little history to choose.</summary>
    public static readonly ForecastMethod Mean = new("mean", (days, horizon) => Repeat(days.Average(), horizon));

    // Each day as the same weekday of the last week.
    private static double[] SeasonalNaive(double[] days, int horizon) =>
        [.. Enumerable.Range(0, horizon).Select(ahead => days[days.Length - Season.Week + (ahead % Season.Week)])];

    // On from the last day, along the line from the first to the last.
    private static double[] Drift(double[] days, int horizon)
    {
        var slope = (days[^1] - days[0]) / (days.Length - 1);
        return [.. Enumerable.Range(1, horizon).Select(ahead => days[^1] + (ahead * slope))];
    }

    private static double[] Repeat(double value, int horizon) => [.. Enumerable.Repeat(value, horizon)];
}
