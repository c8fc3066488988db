namespace Cost.Worker.Forecasts;

/// <summary>Where periods begin and end.</summary>
internal static class Calendar
{
    private const int MonthsOfQuarter = 3;

    public static DateOnly From(ForecastPeriod period, DateOnly today) => period switch
    {
        ForecastPeriod.Day => today,
        ForecastPeriod.Month => new DateOnly(today.Year, today.Month, 1),
        _ => new DateOnly(today.Year, today.Month - ((today.Month - 1) % MonthsOfQuarter), 1),
    };

    /// <summary>The first day after the period.</summary>
    public static DateOnly To(ForecastPeriod period, DateOnly today) => period switch
    {
        ForecastPeriod.Day => today.AddDays(1),
        ForecastPeriod.Month => From(period, today).AddMonths(1),
        _ => From(period, today).AddMonths(MonthsOfQuarter),
    };
}
