namespace Mcp.Products.Catalogue;

/// <summary>A number that the industry knows the variant by.</summary>
/// <param name="Type"><c>GTIN</c>, <c>UPC</c>, <c>EAN</c>, <c>ISBN</c>, <c>JAN</c> or <c>MPN</c>.</param>
/// <param name="Value">The number.</param>
public sealed record Barcode(string Type, string Value);
