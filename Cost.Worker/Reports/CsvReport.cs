using CsvHelper;

namespace Cost.Worker.Reports;

/// <summary>RFC 4180 with a line of names, for programs and spreadsheets: no total, so that a column adds up to it.</summary>
internal static class CsvReport
{
    // Users' names may come from callers: a spreadsheet must not take them for formulas.
    private static readonly CsvWriterOptions Options = CsvWriterOptions.Default with { NewLine = "\n", Injection = CsvInjection.Escape };

    public static void Write(TextWriter output, UsageReport report)
    {
        using var csv = CsvWriter.Create(output, Options, leaveOpen: true);
        WriteLine(csv, [.. report.By.Select(dimension => dimension.Name), .. Measure.All.Select(measure => measure.Name)]);
        foreach (var row in report.Rows)
        {
            WriteLine(csv, [.. row.Names, .. Measure.All.Select(measure => measure.Of(row.Sums))]);
        }
    }

    private static void WriteLine(CsvWriter csv, IEnumerable<string?> fields)
    {
        foreach (var field in fields)
        {
            csv.WriteField(field ?? "");
        }

        csv.EndRecord();
    }
}
