namespace Mcp.Products.Catalogue.Text;

/// <summary>A word of a query.</summary>
/// <param name="Text">As it is searched.</param>
/// <param name="Written">As it was written but for case and accents.</param>
internal sealed record QueryWord(string Text, string Written);
