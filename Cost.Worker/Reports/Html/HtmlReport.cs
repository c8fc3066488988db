using System.Globalization;
using System.Text;
using Cost.Worker.Ledger;

namespace Cost.Worker.Reports.Html;

/// <summary>A page that needs nothing but itself: no script, nothing from elsewhere, charts as SVG; for light, dark and paper.</summary>
internal static class HtmlReport
{
    private const string StyleResource = "report.css";
    private const int MostRows = 500;

    // What caches saved has a table of its own.
    private static readonly Measure[] Measures = [.. Measure.All.Except(ReportText.SavingMeasures)];

    private static readonly Lazy<string> Style = new(ReadStyle);

    public static void Write(TextWriter output, Report report)
    {
        var usage = report.Usage;
        var title = HtmlText.Of(ReportText.Title(usage));
        output.Write($"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n{Style.Value}</style>\n</head>\n<body>\n");
        output.Write($"<h1>{title}</h1>\n<p class=\"quiet\">Made at {HtmlText.Of(ReportText.Moment(report.MadeAt))} UTC. Days are UTC; money is US dollars.</p>\n");
        output.Write($"<ul class=\"figures\">{string.Concat(ReportText.Figures(usage.Total).Select(figure => $"<li><b>{HtmlText.Of(figure.Value)}</b><span>{HtmlText.Of(figure.Name)}</span></li>"))}</ul>\n");
        foreach (var note in ReportText.Notes(usage))
        {
            output.Write($"<p class=\"note\">{HtmlText.Of(note)}</p>\n");
        }

        output.Write("<h2>Spend a day</h2>\n");
        DailyChart.Write(output, report.Daily);
        WriteForecast(output, report);
        WriteUsage(output, usage);
        WritePart(output, ReportText.Savings(usage), usage);
        WritePart(output, ReportText.Unknown(usage), usage);
        output.Write("</body>\n</html>\n");
    }

    private static void WriteForecast(TextWriter output, Report report)
    {
        if (report.Forecast is not { } forecast)
        {
            return;
        }

        output.Write("<h2>Forecast</h2>\n");
        if (report.Month is { } month)
        {
            MonthChart.Write(output, report, month);
        }

        foreach (var remark in ForecastTable.Remarks(report))
        {
            output.Write($"<p class=\"note\">{HtmlText.Of(remark)}</p>\n");
        }

        if (forecast.Total is { } total)
        {
            WriteTable(output, ForecastTable.Titles(forecast), ForecastTable.NamesOf(forecast), [.. ForecastTable.Lines(forecast)], total.Periods.Count);
            output.Write("<p class=\"quiet\">MASE: the error of the days of a week ahead, in units of that of repeating the week before; below 1 is better than that. Held 90 %: how much of what came in the past was inside the intervals of 90 % made before it.</p>\n");
        }
    }

    private static void WriteUsage(TextWriter output, UsageReport usage)
    {
        var rows = usage.By.Any(dimension => dimension.Name is "day" or "hour") ? usage.Rows : usage.Rows.OrderByDescending(row => row.Sums.CostNanoUsd).ToList();
        output.Write("<h2>Usage</h2>\n");
        if (rows.Count > MostRows)
        {
            output.Write(string.Create(CultureInfo.InvariantCulture, $"<p class=\"note\">The first {MostRows} of {rows.Count:N0} groups; the CSV form has all of them.</p>\n"));
        }

        WriteTable(
            output, [.. usage.By.Select(dimension => dimension.Name), .. Measures.Select(measure => measure.Title)], usage.By.Count,
            [.. rows.Take(MostRows).Select(row => Line(row.Names.Select(Names.Shown), row.Sums)), Line(usage.By.Select((_, i) => i == 0 ? "total" : ""), usage.Total)], totals: 1);
    }

    private static void WritePart(TextWriter output, ReportPart? part, UsageReport usage)
    {
        if (part is not null)
        {
            output.Write($"<h2>{HtmlText.Of(part.Title)}</h2>\n<p class=\"quiet\">{HtmlText.Of(part.Words)}</p>\n");
            WriteTable(output, [.. usage.By.Select(dimension => dimension.Name), .. part.Measures.Select(measure => measure.Title)], usage.By.Count, [.. part.Lines()], totals: 0);
        }
    }

    private static IReadOnlyList<string> Line(IEnumerable<string> names, UsageSums sums) => [.. names, .. Measures.Select(measure => Shown(measure, sums))];

    // Whole numbers in threes; money as it is.
    private static string Shown(Measure measure, in UsageSums sums) =>
        measure.Of(sums) is not { } value ? ReportText.UnknownCost : measure.IsMoney ? value : ReportText.Count(Int128.Parse(value, CultureInfo.InvariantCulture));

    private static void WriteTable(TextWriter output, IReadOnlyList<string> titles, int names, List<IReadOnlyList<string>> lines, int totals)
    {
        output.Write("<div class=\"scroll\"><table>\n<thead><tr>");
        output.Write(string.Concat(titles.Select((title, column) => $"<th{(column < names ? " class=\"name\"" : "")}>{HtmlText.Of(title)}</th>")));
        output.Write("</tr></thead>\n<tbody>\n");
        for (var i = 0; i < lines.Count; i++)
        {
            output.Write(i < lines.Count - totals ? "<tr>" : "<tr class=\"total\">");
            output.Write(string.Concat(lines[i].Select((cell, column) => column < names ? $"<td class=\"name\"><bdi>{HtmlText.Of(cell)}</bdi></td>" : $"<td>{HtmlText.Of(cell)}</td>")));
            output.Write("</tr>\n");
        }

        output.Write("</tbody>\n</table></div>\n");
    }

    private static string ReadStyle()
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream(StyleResource)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
