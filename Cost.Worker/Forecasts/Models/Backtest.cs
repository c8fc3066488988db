namespace Cost.Worker.Forecasts.Models;

/// <summary>
/// What a method would have said in the past: at each origin the days before it are cleaned and fitted anew, and the days after it forecast.
/// </summary>
/// <param name="Errors">At each origin, the earliest first.</param>
/// <param name="Mase">The mean absolute error of the days of a week ahead, in units of that of repeating the week before; below 1 is better than that.</param>
/// <param name="LongError">The mean absolute error of the days of four weeks ahead, by which methods are chosen: most of what is asked for is that far away.</param>
internal sealed record Backtest(ForecastMethod Method, IReadOnlyList<OriginErrors> Errors, double Mase, double LongError)
{
    private const int MostOrigins = 40;
    private const int LatestFirstOrigin = 60;
    private const int LongDays = 4 * Season.Week;
    private const int CoveredOrigins = 5;

    private static readonly int[] CoveredHorizons = [1, Season.Week, 4 * Season.Week];

    /// <param name="days">Without gaps, but with spikes: they were spent.</param>
    public static Backtest Run(ForecastMethod method, double[] days, IReadOnlyDictionary<int, double[]> histories, int horizon)
    {
        var errors = new List<OriginErrors>(histories.Count);
        var (week, weekDays, all, allDays) = (0.0, 0, 0.0, 0);
        foreach (var (origin, history) in histories)
        {
            var path = method.Continue(history, Math.Min(horizon, days.Length - origin));
            var running = new double[path.Length];
            var level = LevelOf(history);
            var ahead = 0.0;
            for (var day = 0; day < path.Length; day++)
            {
                var error = days[origin + day] - path[day];
                ahead += error;
                running[day] = ahead / level;
                week += day < Season.Week ? Math.Abs(error) : 0;
                all += day < LongDays ? Math.Abs(error) : 0;
            }

            weekDays += Math.Min(Season.Week, path.Length);
            allDays += Math.Min(LongDays, path.Length);
            errors.Add(new OriginErrors(origin, running));
        }

        return new Backtest(method, errors, week / weekDays / NaiveError(days), all / allDays);
    }

    /// <summary>The histories to try methods on, by how many days each has, without their spikes.</summary>
    public static SortedDictionary<int, double[]> Histories(double[] days)
    {
        var first = Math.Clamp(days.Length / 3, 2 * Season.Week, LatestFirstOrigin);
        var step = Math.Max(1, (days.Length - first + MostOrigins - 1) / MostOrigins);
        var histories = new SortedDictionary<int, double[]>();
        for (var origin = days.Length - 1; origin >= first; origin -= step)
        {
            histories.Add(origin, SpikeFilter.Clean(days.AsSpan(0, origin)));
        }

        return histories;
    }

    /// <summary>What errors are measured by, since spend that doubles errs by double: the size of the last four weeks' days.</summary>
    public static double LevelOf(double[] history)
    {
        const double LeastShare = 0.1;
        const double OneNanoUsd = 1e-9;
        var recent = history.AsSpan(Math.Max(0, history.Length - LongDays)).ToArray().Average(Math.Abs);
        return Math.Max(Math.Max(recent, LeastShare * history.Average(Math.Abs)), OneNanoUsd);
    }

    /// <summary>
    /// How much of what came was inside intervals of 90 % for a day, a week and four weeks, each made of nothing but the errors known before it; null where
    /// too few were.
    /// </summary>
    public double? Coverage()
    {
        var (inside, count) = (0, 0);
        foreach (var one in Errors.Skip(Math.Max(CoveredOrigins, Errors.Count / 2)))
        {
            var known = ErrorModel.Fit(Errors, one.Origin);
            foreach (var horizon in CoveredHorizons.Where(horizon => horizon <= one.Running.Length))
            {
                var error = one.Running[horizon - 1];
                var bounds = known.Quantiles(horizon, 0.05, 0.95);
                count++;
                inside += error >= bounds[0] && error <= bounds[1] ? 1 : 0;
            }
        }

        return count == 0 ? null : (double)inside / count;
    }

    // The scale of Hyndman and Koehler, https://doi.org/10.1016/j.ijforecast.2006.03.001, with the week as season.
    private static double NaiveError(double[] days)
    {
        var sum = 0.0;
        for (var day = Season.Week; day < days.Length; day++)
        {
            sum += Math.Abs(days[day] - days[day - Season.Week]);
        }

        return sum > 0 ? sum / (days.Length - Season.Week) : 1;
    }
}
