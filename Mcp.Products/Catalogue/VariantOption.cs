namespace Mcp.Products.Catalogue;

/// <summary>The value that a variant has for an option.</summary>
public sealed record VariantOption(string Name, string Label);
