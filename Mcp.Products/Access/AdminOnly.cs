namespace Mcp.Products.Access;

/// <summary>Takes the admin key, where it is not open: metadata of a route.</summary>
internal sealed record AdminOnly;
