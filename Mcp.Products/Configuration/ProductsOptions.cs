namespace Mcp.Products.Configuration;

/// <summary>Section <c>Products</c>: how products are served.</summary>
public sealed record ProductsOptions
{
    public const string Section = "Products";

    /// <summary>The currency of price filters that come without one: three capital letters as ISO 4217 has them. Default: <c>USD</c>.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>How long clients may keep what they have read of the catalogue, in seconds, 0 to 86400. Default: 60.</summary>
    public int TimeToLiveSeconds { get; init; } = 60;
}
