using CsvHelper;

namespace Cost.Worker.Reports;

/// <summary>RFC 4180 with a line of names, for programs and spreadsheets.</summary>
internal static class CsvTable
{
    public const string ContentType = "text/csv; charset=utf-8";

    // Users' names may come from callers: a spreadsheet must not take them for formulas.
    private static readonly CsvWriterOptions Options = CsvWriterOptions.Default with { NewLine = "\n", Injection = CsvInjection.Escape };

    public static void Write(TextWriter output, IEnumerable<string> names, IEnumerable<IEnumerable<string?>> lines)
    {
        using var csv = CsvWriter.Create(output, Options, leaveOpen: true);
        WriteLine(csv, names);
        foreach (var line in lines)
        {
            WriteLine(csv, line);
        }
    }

    /// <summary>Whether a request asks for it: by <c>format=csv</c>, or <c>Accept</c>. Null where it asks for a format that there is not.</summary>
    public static bool? IsAskedFor(HttpRequest request) => request.Query["format"].FirstOrDefault() switch
    {
        null or "" => request.Headers.Accept.ToString().StartsWith("text/csv", StringComparison.OrdinalIgnoreCase),
        "csv" => true,
        "json" => false,
        _ => null,
    };

    public static async Task SendAsync(HttpContext http, IEnumerable<string> names, IEnumerable<IEnumerable<string?>> lines)
    {
        using var body = new MemoryStream();
        await using (var text = new StreamWriter(body, leaveOpen: true))
        {
            Write(text, names, lines);
        }

        http.Response.ContentType = ContentType;
        body.Position = 0;
        await body.CopyToAsync(http.Response.Body, http.RequestAborted);
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
