namespace Mcp.Products.Feeds;

/// <summary>Reads a feed row by row; never more than one product of it is in memory.</summary>
internal static class FeedReader
{
    /// <exception cref="InvalidDataException">The feed as a whole cannot be read.</exception>
    public static IEnumerable<FeedEntry> Read(Stream feed, FeedFormat format, FeedSettings settings) => format switch
    {
        FeedFormat.JsonLines => JsonLinesReader.Read(feed, settings),
        FeedFormat.Acp => JsonFeedReader.Read(feed, settings),
        FeedFormat.MerchantXml => MerchantXmlReader.Read(feed, settings),
        FeedFormat.MerchantTsv => TableReader.Read(feed, '\t', settings),
        FeedFormat.Csv => TableReader.Read(feed, separator: null, settings),
        _ => throw new InvalidDataException($"A catalogue is not read from {format}; it is one of {string.Join(", ", FeedFormats.Read)}."),
    };
}
