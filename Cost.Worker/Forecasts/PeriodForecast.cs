namespace Cost.Worker.Forecasts;

/// <summary>The spend of a whole period, by its end: what is spent already, and what is expected to come. In nano-dollars.</summary>
/// <param name="From">The period's first day.</param>
/// <param name="To">The first day after it.</param>
/// <param name="Low50">With <paramref name="High50"/>: what it is between with 50 % probability.</param>
/// <param name="Low90">With <paramref name="High90"/>: what it is between with 90 % probability.</param>
internal sealed record PeriodForecast(
    ForecastPeriod Period, DateOnly From, DateOnly To, Int128 SpentNanoUsd, Int128 ExpectedNanoUsd, Int128 Low50, Int128 High50, Int128 Low90, Int128 High90);
