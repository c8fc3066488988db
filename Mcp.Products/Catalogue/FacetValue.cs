namespace Mcp.Products.Catalogue;

/// <summary>A value and how many products have it.</summary>
public sealed record FacetValue(string Value, int Count);
