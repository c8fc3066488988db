using Cost.Worker.Reports.Html;

namespace Cost.Worker.Reports;

/// <summary>A form that a report can have.</summary>
/// <param name="Name">As it is asked for.</param>
/// <param name="Extension">How a file of it ends.</param>
internal sealed record ReportFormat(string Name, string Extension, string ContentType, Action<Stream, Report> Write)
{
    public static readonly IReadOnlyList<ReportFormat> All =
    [
        new("text", "txt", "text/plain; charset=utf-8", (output, report) => WriteText(output, text => TextReport.Write(text, report))),
        new("html", "html", "text/html; charset=utf-8", (output, report) => WriteText(output, text => HtmlReport.Write(text, report))),
        new("md", "md", "text/markdown; charset=utf-8", (output, report) => WriteText(output, text => MarkdownReport.Write(text, report))),
        new("json", "json", "application/json", JsonReport.Write),
        new("csv", "csv", "text/csv; charset=utf-8", (output, report) => WriteText(output, text => CsvReport.Write(text, report.Usage))),
    ];

    public static string Allowed => string.Join(", ", All.Select(format => format.Name));

    public static ReportFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name);

    /// <summary>Reads <c>html,csv</c>; of a name that is none the format is null.</summary>
    public static IEnumerable<(string Name, ReportFormat? Format)> Named(string names) =>
        names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().Select(name => (name, Find(name)));

    private static void WriteText(Stream output, Action<TextWriter> write)
    {
        using var text = new StreamWriter(output, leaveOpen: true);
        write(text);
    }
}
