namespace Mcp.Products.Catalogue;

/// <summary>One value of an option.</summary>
public sealed record OptionValue(string Label);
