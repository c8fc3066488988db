namespace Cost.Worker.Reports;

/// <summary>A report as <see cref="CsvTable"/>: no total, so that a column adds up to it.</summary>
internal static class CsvReport
{
    public static void Write(TextWriter output, UsageReport report) => CsvTable.Write(
        output,
        [.. report.By.Select(dimension => dimension.Name), .. Measure.All.Select(measure => measure.Name)],
        report.Rows.Select(row => row.Names.Concat(Measure.All.Select(measure => measure.Of(row.Sums)))));
}
