namespace Mcp.Products.Catalogue;

/// <summary>What a product is known by beyond the standards' fields.</summary>
public sealed record Metadata
{
    public static readonly Metadata None = new();

    /// <summary>Name → value, both as people read them: <c>Connection</c> → <c>Wireless</c>.</summary>
    public IReadOnlyDictionary<string, string> Specifications { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();
}
