using Cost.Worker.Forecasts;

namespace Cost.Worker.Reports;

/// <summary>A report as people get it: what was used, day by day, and what is still to come.</summary>
/// <param name="Forecast">Null for periods that are over.</param>
/// <param name="MonthlyBudgetUsd">What all together may spend in a month; null where none was named.</param>
internal sealed record Report(DateTimeOffset MadeAt, UsageReport Usage, DailySpend Daily, SpendForecast? Forecast, decimal? MonthlyBudgetUsd)
{
    /// <summary>How the month of all together goes on, where the report is on that month; else null.</summary>
    public SeriesForecast? Month =>
        Forecast?.Total is { } total && total.ToEndOf(ForecastPeriod.Month) is var month
        && Usage.Period == Ledger.UsagePeriod.OfDays(month.From, month.To) ? total : null;
}
