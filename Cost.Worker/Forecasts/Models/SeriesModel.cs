namespace Cost.Worker.Forecasts.Models;

/// <summary>A series continued by the method that did best in its backtest. In dollars; outside of here money is whole nano-dollars.</summary>
internal sealed class SeriesModel
{
    /// <summary>Three weeks: two to begin from, and one to be tried on.</summary>
    public const int EnoughDays = 3 * Season.Week;

    private readonly double[] _path;
    private readonly bool _isNeverNegative;
    private readonly Func<double, double[], double[]> _quantiles;

    private SeriesModel(ForecastMethod method, Backtest? backtest, double[] path, bool isNeverNegative, Func<double, double[], double[]> quantiles)
    {
        (Method, Mase, Coverage) = (method.Name, backtest?.Mase, backtest?.Coverage());
        _path = isNeverNegative ? [.. path.Select(day => Math.Max(0, day))] : path;
        (_isNeverNegative, _quantiles) = (isNeverNegative, quantiles);
    }

    public string Method { get; }

    /// <summary>Null where there was too little history for a backtest.</summary>
    public double? Mase { get; }

    /// <summary>How much of what came was inside intervals of 90 %; null as above.</summary>
    public double? Coverage { get; }

    /// <param name="days">Spend of each day, one at least; <see cref="double.NaN"/> where it is not known.</param>
    /// <param name="horizon">How many days to go on.</param>
    public static SeriesModel Fit(IReadOnlyList<double> days, int horizon)
    {
        var filled = GapFilter.Fill(days);
        var isNeverNegative = filled.All(day => day >= 0);
        if (filled.Length < EnoughDays)
        {
            var few = new FewDays(filled);
            return new SeriesModel(ForecastMethod.Mean, backtest: null, ForecastMethod.Mean.Continue(filled, horizon), isNeverNegative, (ahead, at) => few.Quantiles(ahead, at));
        }

        var histories = Backtest.Histories(filled);
        var best = ForecastMethod.All.Select(method => Backtest.Run(method, filled, histories, horizon)).MinBy(one => one.LongError)!;
        var cleaned = SpikeFilter.Clean(filled);
        var level = Backtest.LevelOf(cleaned);
        var errors = ErrorModel.Fit(best.Errors, filled.Length);
        return new SeriesModel(best.Method, best, best.Method.Continue(cleaned, horizon), isNeverNegative, (ahead, at) => [.. errors.Quantiles(ahead, at).Select(error => error * level)]);
    }

    /// <summary>The spend of the day after the last one, forecast.</summary>
    public double NextDay => _path[0];

    /// <summary>The sum of the next <paramref name="days"/>, of whose first only <paramref name="firstDay"/> is left to come.</summary>
    /// <param name="days">Whole days, the first included.</param>
    /// <param name="share">How much of the first day is left, from 0 to 1.</param>
    /// <param name="firstDay">What is expected of it, in dollars.</param>
    public SumForecast Sum(int days, double share, double firstDay)
    {
        var sum = firstDay + _path.AsSpan(1, days - 1).ToArray().Sum();
        var errors = _quantiles(days - 1 + share, [0.05, 0.25, 0.75, 0.95]);

        // Where three of four errors were on one side, the method leans, and what is expected is put right by as much. Widened quantiles may pass each other then.
        return new SumForecast(
            AtLeast(sum + Math.Clamp(0, errors[1], errors[2])),
            AtLeast(sum + errors[1]), AtLeast(sum + errors[2]),
            AtLeast(sum + Math.Min(errors[0], errors[1])), AtLeast(sum + Math.Max(errors[2], errors[3])));
    }

    private double AtLeast(double sum) => _isNeverNegative ? Math.Max(0, sum) : sum;
}
