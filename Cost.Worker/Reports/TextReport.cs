using System.Globalization;
using Cost.Worker.Forecasts;

namespace Cost.Worker.Reports;

/// <summary>A table for a terminal, with the total under it and what is amiss under that.</summary>
internal static class TextReport
{
    private const string Gap = "  ";

    public static void Write(TextWriter output, Report report)
    {
        WriteUsage(output, report.Usage);
        if (report.Forecast is { } forecast)
        {
            WriteForecast(output, report, forecast);
        }
    }

    private static void WriteUsage(TextWriter output, UsageReport report)
    {
        var by = report.By.Count == 0 ? "" : $", by {string.Join(", ", report.By.Select(dimension => dimension.Name))}";
        output.Write($"Usage from {ReportText.Moment(report.Period.From)} to before {ReportText.Moment(report.Period.To)} (UTC){by}\n\n");
        var lines = new List<string[]>
        {
            Line(report.By.Select(dimension => dimension.Name), Measure.All.Select(measure => measure.Title)),
        };
        lines.AddRange(report.Rows.Select(row => Line(row.Names.Select(Names.Shown), Values(row.Sums))));
        lines.Add(Line(report.By.Select((_, i) => i == 0 ? "total" : ""), Values(report.Total)));
        WriteTable(output, lines, report.By.Count, totals: 1);
        WriteNotes(output, report);
    }

    private static void WriteForecast(TextWriter output, Report report, SpendForecast forecast)
    {
        if (forecast.Total is not null)
        {
            output.Write($"\nForecast of {ReportText.Moment(forecast.At)} (UTC)\n\n");
            WriteTable(output, [[.. ForecastTable.Titles(forecast)], .. ForecastTable.Lines(forecast).Select(line => line.ToArray())], ForecastTable.NamesOf(forecast), forecast.Total.Periods.Count);
        }

        output.Write(string.Concat(ForecastTable.Remarks(report).Select(remark => $"\n{remark}\n")));
    }

    private static string[] Line(IEnumerable<string> names, IEnumerable<string> values) => [.. names, .. values];

    private static IEnumerable<string> Values(Ledger.UsageSums sums) => Measure.All.Select(measure => measure.Of(sums) ?? ReportText.UnknownCost);

    // Names are left, figures right.
    private static void WriteTable(TextWriter output, List<string[]> lines, int names, int totals)
    {
        var widths = Enumerable.Range(0, lines[0].Length).Select(column => lines.Max(line => line[column].Length)).ToArray();
        var rule = new string('-', widths.Sum() + (Gap.Length * (widths.Length - 1)));
        for (var i = 0; i < lines.Count; i++)
        {
            if (i == 1 || i == lines.Count - totals)
            {
                output.Write(rule + "\n");
            }

            var cells = lines[i].Select((cell, column) => column < names ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            output.Write(string.Join(Gap, cells).TrimEnd() + "\n");
        }
    }

    private static void WriteNotes(TextWriter output, UsageReport report)
    {
        if (report.Total.UnknownCostRequests > 0)
        {
            output.Write(string.Create(CultureInfo.InvariantCulture, $"\n{report.Total.UnknownCostRequests} requests have no known cost; it is in no sum.\n"));
        }

        if (report.Notes.Unreadable.Count > 0)
        {
            output.Write(string.Create(CultureInfo.InvariantCulture, $"\n{report.Notes.Unreadable.Count} records unreadable, in no sum:\n"));
            output.Write(string.Concat(report.Notes.Unreadable.Select(place => $"  {place}\n")));
        }

        output.Write(string.Concat(report.Notes.Remarks.Select(remark => $"\n{remark}\n")));
    }
}
