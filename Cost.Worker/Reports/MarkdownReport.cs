
namespace Cost.Worker.Reports;

/// <summary>GitHub's Markdown (https://github.github.com/gfm/), for tickets and mails.</summary>
internal static class MarkdownReport
{
    private const string Special = @"\`*_{}[]()#+!|<>~&";

    public static void Write(TextWriter output, Report report)
    {
        var usage = report.Usage;
        output.Write($"# {ReportText.Title(usage)}\n\n");
        foreach (var (name, value) in ReportText.Figures(usage.Total))
        {
            output.Write($"- {name}: **{value}**\n");
        }

        output.Write("\n## Usage\n\n");
        WriteTable(output, [.. usage.By.Select(dimension => dimension.Name), .. Measure.All.Select(measure => measure.Title)], usage.By.Count, [.. usage.Rows.Select(row => Line(row.Names.Select(Names.Shown), row.Sums)), Line(usage.By.Select((_, i) => i == 0 ? "total" : ""), usage.Total)]);
        WriteForecast(output, report);
        WriteParts(output, ReportText.Savings(usage), usage);
        WriteParts(output, ReportText.Unknown(usage), usage);
        foreach (var note in ReportText.Notes(usage))
        {
            output.Write($"\n{Escaped(note)}\n");
        }
    }

    private static void WriteForecast(TextWriter output, Report report)
    {
        if (report.Forecast is not { } forecast)
        {
            return;
        }

        output.Write("\n## Forecast\n\n");
        if (forecast.Total is not null)
        {
            WriteTable(output, ForecastTable.Titles(forecast), ForecastTable.NamesOf(forecast), ForecastTable.Lines(forecast));
        }

        foreach (var remark in ForecastTable.Remarks(report))
        {
            output.Write($"\n{Escaped(remark)}\n");
        }
    }

    private static void WriteParts(TextWriter output, ReportPart? part, UsageReport usage)
    {
        if (part is null)
        {
            return;
        }

        output.Write($"\n## {part.Title}\n\n{Escaped(part.Words)}\n\n");
        WriteTable(output, [.. usage.By.Select(dimension => dimension.Name), .. part.Measures.Select(measure => measure.Title)], usage.By.Count, part.Lines());
    }

    private static IReadOnlyList<string> Line(IEnumerable<string> names, Ledger.UsageSums sums) => [.. names, .. Measure.All.Select(measure => measure.Of(sums) ?? ReportText.UnknownCost)];

    private static void WriteTable(TextWriter output, IReadOnlyList<string> titles, int names, IEnumerable<IReadOnlyList<string>> lines)
    {
        WriteLine(output, titles);
        WriteCells(output, titles.Select((_, column) => column < names ? "---" : "---:"));
        foreach (var line in lines)
        {
            WriteLine(output, line);
        }
    }

    private static void WriteLine(TextWriter output, IEnumerable<string> cells) => WriteCells(output, cells.Select(Escaped));

    private static void WriteCells(TextWriter output, IEnumerable<string> cells) => output.Write($"| {string.Join(" | ", cells)} |\n");

    private static string Escaped(string text) => string.Concat(text.Select(letter => Special.Contains(letter, StringComparison.Ordinal) ? $"\\{letter}" : $"{letter}"));
}
