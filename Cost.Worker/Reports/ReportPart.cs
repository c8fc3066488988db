namespace Cost.Worker.Reports;

/// <summary>A part of a report that shows some figures apart, of the groups that have them.</summary>
internal sealed record ReportPart(string Title, string Words, IReadOnlyList<Measure> Measures, IReadOnlyList<UsageReportRow> Rows)
{
    public IEnumerable<IReadOnlyList<string>> Lines() =>
        Rows.Select(row => (IReadOnlyList<string>)[.. row.Names.Select(Names.Shown), .. Measures.Select(measure => measure.Of(row.Sums) ?? ReportText.UnknownCost)]);
}
