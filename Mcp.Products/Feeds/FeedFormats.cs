namespace Mcp.Products.Feeds;

/// <summary>The names of the formats, and what files they are in.</summary>
internal static class FeedFormats
{
    private static readonly (string Name, FeedFormat Format, string[] Extensions)[] Known =
    [
        ("jsonl", FeedFormat.JsonLines, [".jsonl", ".ndjson"]),
        ("merchant-tsv", FeedFormat.MerchantTsv, [".tsv", ".txt"]),
        ("merchant-xml", FeedFormat.MerchantXml, [".xml", ".rss", ".atom"]),
        ("acp", FeedFormat.Acp, [".json"]),
        ("csv", FeedFormat.Csv, [".csv"]),
        ("json-ld", FeedFormat.JsonLd, [".jsonld"]),
    ];

    public static IReadOnlyList<string> Written { get; } = [.. Known.Select(one => one.Name)];

    public static IReadOnlyList<string> Read { get; } = [.. Known.Where(one => one.Format is not FeedFormat.JsonLd).Select(one => one.Name)];

    public static FeedFormat? Named(string name) => Find(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase));

    public static FeedFormat? OfFile(string path) => Find(one => one.Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase));

    private static FeedFormat? Find(Func<(string Name, FeedFormat Format, string[] Extensions), bool> matches)
    {
        foreach (var one in Known)
        {
            if (matches(one))
            {
                return one.Format;
            }
        }

        return null;
    }
}
