namespace Cost.Worker.Forecasts.Models;

/// <param name="Origin">How many days were known.</param>
/// <param name="Running">Actual less forecast, summed over the first day after them, the first two and so on, in units of the level of the days known.</param>
internal sealed record OriginErrors(int Origin, double[] Running);
