namespace Mcp.Products.Configuration;

/// <summary>Section <c>Products</c>: how products are served.</summary>
public sealed record ProductsOptions
{
    public const string Section = "Products";

    /// <summary>The currency of price filters that come without one: three capital letters as ISO 4217 has them. Default: <c>USD</c>.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>How long clients may keep what they have read of the catalogue, in seconds, 0 to 86400. Default: 60.</summary>
    public int TimeToLiveSeconds { get; init; } = 60;

    /// <summary><c>Keys</c> (the default): HTTP clients need a key or token that the gateway takes. <c>Open</c>: none; for a machine of one's own. <c>--stdio</c> needs none either.</summary>
    public string Access { get; init; } = nameof(AccessMode.Keys);

    /// <summary>How many requests a client, told apart by its key, may make in a minute, at this process: 1 to 1,000,000, or 0 for any number. Default: 600.</summary>
    public int RequestsPerMinute { get; init; } = 600;

    /// <summary>The issuers whose tokens the gateway takes, as OAuth clients are told them: https addresses. Default: none.</summary>
    public IReadOnlyList<string> AuthorizationServers { get; init; } = [];

    public bool IsOpen => string.Equals(Access, nameof(AccessMode.Open), StringComparison.OrdinalIgnoreCase);
}
