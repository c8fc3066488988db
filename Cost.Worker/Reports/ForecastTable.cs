using System.Globalization;
using Cost.Worker.Forecasts;

namespace Cost.Worker.Reports;

/// <summary>A forecast as the cells of a table, for reports that people read.</summary>
internal static class ForecastTable
{
    public static IReadOnlyList<string> Titles(SpendForecast forecast) =>
        [.. forecast.By.Select(dimension => dimension.Name), "until", "spent", "expected", "50 % between", "90 % between", "method", "MASE", "held 90 %"];

    /// <summary>How many of the cells are names, of groups and of periods.</summary>
    public static int NamesOf(SpendForecast forecast) => forecast.By.Count + 1;

    /// <summary>A line for each group and period; at last the total.</summary>
    public static IEnumerable<IReadOnlyList<string>> Lines(SpendForecast forecast) =>
        forecast.Series.SelectMany(series => Lines(series.Names.Select(Names.Shown), series))
            .Concat(forecast.Total is { } total ? Lines(forecast.By.Select((_, i) => i == 0 ? "total" : ""), total) : []);

    /// <summary>What has to be known beside the figures, in words.</summary>
    public static IEnumerable<string> Remarks(Report report)
    {
        var forecast = report.Forecast!;
        if (forecast.Total is null)
        {
            yield return "There is no whole day of usage yet, and so no forecast.";
        }

        var young = forecast.Series.Append(forecast.Total).Where(series => series is { HasEnoughHistory: false }).ToList();
        if (young.Count > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Too little history for a method to be tried on ({Forecasts.Models.SeriesModel.EnoughDays} whole days are enough): {string.Join(", ", young.Select(NameOf).Distinct())}. Their forecast is the mean, with wide intervals.");
        }

        if (forecast.LeftOut > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{forecast.LeftOut} groups have no forecast of their own: they are new, or not among the {SpendForecaster.MostSeries} that spend most. They are in the total.");
        }

        if (report.MonthlyBudgetUsd is { } budget && forecast.Total is { } total)
        {
            yield return Budget(budget, total.RunsOut(budget, ForecastPeriod.Month));
        }
    }

    private static string Budget(decimal usd, BudgetRunOut budget)
    {
        var name = $"The budget of {Money.Shown((double)usd)} for the month";
        return (budget.Expected, budget.Earliest) switch
        {
            (null, null) => $"{name} lasts, with more than 90 % probability.",
            (null, { } earliest) => $"{name} is expected to last, but may run out from {Day(earliest)} on.",
            ({ } expected, _) => $"{name} is expected to run out on {Day(expected)}; with 90 % probability {(budget.Latest is { } latest ? $"between {Day(budget.Earliest!.Value)} and {Day(latest)}" : $"not before {Day(budget.Earliest!.Value)}, if at all")}.",
        };
    }

    private static IEnumerable<IReadOnlyList<string>> Lines(IEnumerable<string> names, SeriesForecast series) =>
        series.Periods.Select(period => (IReadOnlyList<string>)
        [
            .. names, Day(period.To.AddDays(-1)), Money.Shown(period.SpentNanoUsd), Money.Shown(period.ExpectedNanoUsd),
            $"{Money.Shown(period.Low50)} – {Money.Shown(period.High50)}", $"{Money.Shown(period.Low90)} – {Money.Shown(period.High90)}",
            series.Method.Replace('_', ' '), series.Mase?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-", series.Coverage?.ToString("P0", CultureInfo.InvariantCulture) ?? "-",
        ]);

    private static string NameOf(SeriesForecast? series) => series!.Names.Count == 0 ? "total" : string.Join(" / ", series.Names.Select(Names.Shown));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
