namespace Cost.Worker.Forecasts.Models;

/// <summary>What a sum of days is expected to be, and between what it is with 50 % and 90 % probability; in dollars.</summary>
internal readonly record struct SumForecast(double Expected, double Low50, double High50, double Low90, double High90);
