using System.Globalization;
using System.Text;
using Cost.Worker.Forecasts;

namespace Cost.Worker.Reports.Html;

/// <summary>What is spent of the month so far, and how it goes on: expected, and between what with 50 % and 90 % probability.</summary>
internal static class MonthChart
{
    public static void Write(TextWriter output, Report report, SeriesForecast month)
    {
        var end = month.ToEndOf(ForecastPeriod.Month);
        var days = end.To.DayNumber - end.From.DayNumber;
        var today = DateOnly.FromDateTime(report.Forecast!.At.UtcDateTime).DayNumber - end.From.DayNumber;
        var now = today + report.Forecast.At.UtcDateTime.TimeOfDay.TotalDays;
        var spent = Spent(report.Daily.Groups(), today, now, Chart.Usd(end.SpentNanoUsd));
        var ahead = Enumerable.Range(today + 1, days - today).Select(day => (X: (double)day, Forecast: month.By(ForecastPeriod.Month, end.From.AddDays(day)))).ToList();
        var budget = (double?)report.MonthlyBudgetUsd;
        var chart = new Chart(end.From, days, ahead.Min(day => Chart.Usd(day.Forecast.Low90)), Math.Max(ahead.Max(day => Chart.Usd(day.Forecast.High90)), budget ?? 0));
        var start = (X: now, Usd: Chart.Usd(end.SpentNanoUsd));
        var drawing = new StringBuilder();
        AppendBand(drawing, chart, "in90", start, ahead.Select(day => (day.X, Chart.Usd(day.Forecast.Low90), Chart.Usd(day.Forecast.High90))));
        AppendBand(drawing, chart, "in50", start, ahead.Select(day => (day.X, Chart.Usd(day.Forecast.Low50), Chart.Usd(day.Forecast.High50))));
        AppendLine(drawing, chart, "expected", ahead.Select(day => (day.X, Chart.Usd(day.Forecast.ExpectedNanoUsd))).Prepend(start));
        AppendLine(drawing, chart, "actual", spent);
        if (budget is { } line)
        {
            drawing.Append(CultureInfo.InvariantCulture, $"<line class=\"budget\" x1=\"{HtmlText.Of(chart.X(0))}\" x2=\"{HtmlText.Of(Chart.Right)}\" y1=\"{HtmlText.Of(chart.Y(line))}\" y2=\"{HtmlText.Of(chart.Y(line))}\"><title>budget {HtmlText.Of(Money.Shown(line))}</title></line>\n");
        }

        output.Write("<figure>\n");
        chart.Write(output, "Spend of the month, and its forecast", drawing.ToString());
        output.Write($"<figcaption class=\"quiet\">Spent so far {HtmlText.Of(Money.Shown(end.SpentNanoUsd))}; expected by the end of the month <b>{HtmlText.Of(Money.Shown(end.ExpectedNanoUsd))}</b>; between {HtmlText.Of(Money.Shown(end.Low90))} and {HtmlText.Of(Money.Shown(end.High90))} with 90 % probability (light), between {HtmlText.Of(Money.Shown(end.Low50))} and {HtmlText.Of(Money.Shown(end.High50))} with 50 % (darker).</figcaption>\n</figure>\n");
    }

    // At the end of each day, and now.
    private static IEnumerable<(double X, double Usd)> Spent(IReadOnlyList<DailyGroup> groups, int today, double now, double total)
    {
        var sum = 0.0;
        yield return (0, 0);
        for (var day = 0; day < today; day++)
        {
            sum += groups.Sum(group => Chart.Usd(group.NanoUsd[day]));
            yield return (day + 1, sum);
        }

        yield return (now, total);
    }

    private static void AppendBand(StringBuilder drawing, Chart chart, string style, (double X, double Usd) start, IEnumerable<(double X, double Low, double High)> days)
    {
        var all = days.ToList();
        var points = all.Select(day => (day.X, day.High)).Prepend(start).Concat(all.AsEnumerable().Reverse().Select(day => (day.X, day.Low)));
        drawing.Append(CultureInfo.InvariantCulture, $"<polygon class=\"{style}\" points=\"{Points(chart, points)}\"/>\n");
    }

    private static void AppendLine(StringBuilder drawing, Chart chart, string style, IEnumerable<(double X, double Usd)> points) =>
        drawing.Append(CultureInfo.InvariantCulture, $"<polyline class=\"{style}\" points=\"{Points(chart, points)}\"/>\n");

    private static string Points(Chart chart, IEnumerable<(double X, double Usd)> points) =>
        string.Join(' ', points.Select(point => $"{HtmlText.Of(chart.X(point.X))},{HtmlText.Of(chart.Y(point.Usd))}"));
}
