using System.Globalization;

namespace Cost.Worker.Reports;

/// <summary>A table for a terminal, with the total under it and what is amiss under that.</summary>
internal static class TextReport
{
    private const string None = "-";
    private const string Unknown = "unknown";
    private const string Gap = "  ";

    public static void Write(TextWriter output, UsageReport report)
    {
        var by = report.By.Count == 0 ? "" : $", by {string.Join(", ", report.By.Select(dimension => dimension.Name))}";
        output.Write($"Usage from {Moment(report.Period.From)} to before {Moment(report.Period.To)} (UTC){by}\n\n");
        var lines = new List<string[]>
        {
            Line(report.By.Select(dimension => dimension.Name), Measure.All.Select(measure => measure.Title)),
        };
        lines.AddRange(report.Rows.Select(row => Line(row.Names.Select(Shown), Values(row.Sums))));
        lines.Add(Line(report.By.Select((_, i) => i == 0 ? "total" : ""), Values(report.Total)));
        WriteTable(output, lines, report.By.Count);
        WriteNotes(output, report);
    }

    private static string[] Line(IEnumerable<string> names, IEnumerable<string> values) => [.. names, .. values];

    private static IEnumerable<string> Values(Ledger.UsageSums sums) => Measure.All.Select(measure => measure.Of(sums) ?? Unknown);

    // Names are left, figures right.
    private static void WriteTable(TextWriter output, List<string[]> lines, int names)
    {
        var widths = Enumerable.Range(0, lines[0].Length).Select(column => lines.Max(line => line[column].Length)).ToArray();
        var rule = new string('-', widths.Sum() + (Gap.Length * (widths.Length - 1)));
        for (var i = 0; i < lines.Count; i++)
        {
            if (i == 1 || i == lines.Count - 1)
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

    // What a caller chose must not move the terminal's cursor.
    private static string Shown(string? name) => name is null ? None : string.Concat(name.Select(letter => char.IsControl(letter) ? '?' : letter));

    private static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString(moment.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
