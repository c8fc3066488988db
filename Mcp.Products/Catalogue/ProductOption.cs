namespace Mcp.Products.Catalogue;

/// <summary>Something that a product's variants differ in, such as the colour, and the values there are.</summary>
public sealed record ProductOption(string Name, IReadOnlyList<OptionValue> Values);
