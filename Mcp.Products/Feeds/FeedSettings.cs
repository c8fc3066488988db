namespace Mcp.Products.Feeds;

/// <summary>How a feed is to be understood.</summary>
internal sealed record FeedSettings
{
    public static readonly FeedSettings Default = new();

    /// <summary>The feed's own column → the field that it is.</summary>
    public IReadOnlyDictionary<string, string> Map { get; init; } = new Dictionary<string, string>();

    /// <summary>Of prices that name none.</summary>
    public string Currency { get; init; } = "USD";
}
