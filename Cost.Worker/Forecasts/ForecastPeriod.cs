namespace Cost.Worker.Forecasts;

/// <summary>What spend is forecast to the end of: of the calendar, in UTC.</summary>
internal enum ForecastPeriod
{
    Day,
    Month,
    Quarter,
}
