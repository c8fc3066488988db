using Cost.Worker.Forecasts.Models;

namespace Cost.Worker.Forecasts;

/// <summary>What a group, or all together, will have spent by the end of the day, the month and the quarter.</summary>
internal sealed class SeriesForecast
{
    private const double NanoPerUsd = 1e9;

    private readonly SpendSeries _series;
    private readonly SeriesModel _model;
    private readonly DateOnly _today;
    private readonly double _share;

    /// <param name="share">How much of today's spend is usually made by now, from 0 to 1.</param>
    private SeriesForecast(SpendSeries series, IReadOnlyList<double> days, DateOnly today, double share)
    {
        (_series, _today, _share) = (series, today, share);
        _model = SeriesModel.Fit(days, Calendar.To(ForecastPeriod.Quarter, today).DayNumber - today.DayNumber);
        HistoryDays = days.Count;
        Periods = [.. Enum.GetValues<ForecastPeriod>().Select(period => By(period, Calendar.To(period, today)))];
    }

    /// <summary>One for each dimension of the forecast; null where the requests had none.</summary>
    public IReadOnlyList<string?> Names => _series.Names;

    /// <summary>The method that did best in the backtest, or <c>mean</c> where there is too little history for one.</summary>
    public string Method => _model.Method;

    /// <summary>The method's mean absolute scaled error in the backtest; below 1 is better than repeating the last week. Null without a backtest.</summary>
    public double? Mase => _model.Mase;

    /// <summary>How much of what came was inside the backtest's intervals of 90 %; null without a backtest.</summary>
    public double? Coverage => _model.Coverage;

    /// <summary>Whole days from the first usage on, eighteen weeks of them at most.</summary>
    public int HistoryDays { get; }

    public bool HasEnoughHistory => HistoryDays >= SeriesModel.EnoughDays;

    /// <summary>To the end of the day, the month and the quarter.</summary>
    public IReadOnlyList<PeriodForecast> Periods { get; }

    /// <summary>Null where there is no whole day of usage yet.</summary>
    public static SeriesForecast? Of(SpendSeries series, DateOnly today, double share) =>
        series.WholeDays(today) is { Count: > 0 } days ? new SeriesForecast(series, days, today, share) : null;

    public PeriodForecast ToEndOf(ForecastPeriod period) => Periods[(int)period];

    /// <summary>What is spent of a period when a day of it ends, today or later.</summary>
    /// <param name="to">The day after that.</param>
    public PeriodForecast By(ForecastPeriod period, DateOnly to)
    {
        var from = Calendar.From(period, _today);
        var spent = _series.NanoUsd(from, _today.AddDays(1));
        var rest = _model.Sum(to.DayNumber - _today.DayNumber, 1 - _share, RestOfToday());
        return new PeriodForecast(
            period, from, to, spent, spent + Nano(rest.Expected), spent + Nano(rest.Low50), spent + Nano(rest.High50), spent + Nano(rest.Low90), spent + Nano(rest.High90));
    }

    /// <summary>On which day a budget for the period is used up.</summary>
    public BudgetRunOut RunsOut(decimal budgetUsd, ForecastPeriod period)
    {
        var budget = (Int128)(budgetUsd * (decimal)NanoPerUsd);
        var days = Enumerable.Range(_today.DayNumber + 1, Calendar.To(period, _today).DayNumber - _today.DayNumber)
            .Select(number => By(period, DateOnly.FromDayNumber(number))).ToList();
        return new BudgetRunOut(First(day => day.ExpectedNanoUsd), First(day => day.High90), First(day => day.Low90));

        DateOnly? First(Func<PeriodForecast, Int128> sum) => days.FirstOrDefault(day => sum(day) >= budget)?.To.AddDays(-1);
    }

    // The forecast of the day, and what today itself has shown so far, the more of it the later it is.
    private double RestOfToday()
    {
        var spent = (double)_series.NanoUsd(_today, _today.AddDays(1)) / NanoPerUsd;
        return (1 - _share) * (((1 - _share) * _model.NextDay) + (_share > 0 ? spent : 0));
    }

    private static Int128 Nano(double usd) => (Int128)Math.Round(usd * NanoPerUsd);
}
