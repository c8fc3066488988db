using CsvHelper;

namespace Mcp.Products.Feeds;

/// <summary>Reads rows of columns below a line of their names.</summary>
internal static class TableReader
{
    private const int LongestRow = 1 << 20;

    /// <param name="separator">Null where it is to be found out.</param>
    public static IEnumerable<FeedEntry> Read(Stream feed, char? separator, FeedSettings settings)
    {
        using var csv = CsvReader.Create(feed, CsvReaderOptions.Default with { Separator = separator, TrackLineNumbers = true, MaxRecordSize = LongestRow, PoolStrings = true });
        var names = Names(csv, settings);
        var fields = new RowFields();
        while (Advance(csv))
        {
            if (csv.FieldCount > names.Length)
            {
                yield return new FeedEntry(csv.LineNumber, null, $"{csv.FieldCount} columns, where the first line names {names.Length}");
                continue;
            }

            fields.Clear();
            for (var i = 0; i < csv.FieldCount; i++)
            {
                fields.Add(names[i], csv.GetString(i));
            }

            yield return RowMapper.Map(fields, csv.LineNumber, settings);
        }
    }

    private static string[] Names(CsvReader csv, FeedSettings settings)
    {
        csv.ReadHeader();
        var names = csv.Headers.Select(name => settings.Map.TryGetValue(name.Trim(), out var field) ? field : name.Trim()).ToArray();
        return names.Length > 0 ? names : throw new InvalidDataException("The feed is empty: its first line has to name the columns.");
    }

    private static bool Advance(CsvReader csv)
    {
        try
        {
            return csv.Read();
        }
        catch (CsvFormatException broken)
        {
            throw new InvalidDataException($"Line {broken.LineNumber}: {broken.Message}", broken);
        }
    }
}
