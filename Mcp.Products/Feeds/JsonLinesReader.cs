namespace Mcp.Products.Feeds;

/// <summary>Reads one JSON object a line.</summary>
internal static class JsonLinesReader
{
    public static IEnumerable<FeedEntry> Read(Stream feed, FeedSettings settings)
    {
        var fields = new RowFields();
        foreach (var (line, bytes) in Utf8Lines.Read(feed))
        {
            if (bytes.IsEmpty)
            {
                continue;
            }

            yield return JsonRow.Map(bytes.Span, fields, line, settings);
        }
    }
}
