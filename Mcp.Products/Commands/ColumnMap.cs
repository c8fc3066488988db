namespace Mcp.Products.Commands;

/// <summary>Which column of a feed is which field.</summary>
internal static class ColumnMap
{
    public static bool IsPair(string text) => text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && at < text.Length - 1;

    /// <exception cref="InvalidDataException">A line of the file is no pair.</exception>
    public static Dictionary<string, string> Of(IEnumerable<string> pairs, FileInfo? file)
    {
        var map = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var lines = file is null ? [] : File.ReadLines(file.FullName).Where(line => line.Trim() is { Length: > 0 } text && text[0] != '#');
        foreach (var line in lines.Concat(pairs))
        {
            if (!IsPair(line))
            {
                throw new InvalidDataException($"'{line}' in {file?.Name} must be COLUMN=FIELD, such as price_usd=price.");
            }

            var parts = line.Split('=', 2, StringSplitOptions.TrimEntries);
            map[parts[0]] = parts[1];
        }

        return map;
    }
}
