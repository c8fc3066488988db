namespace Mcp.Products.Catalogue;

/// <summary>What buyers think of a product.</summary>
/// <param name="Value">The mean.</param>
/// <param name="ScaleMax">The best that can be given.</param>
/// <param name="Count">How many have rated.</param>
public sealed record Rating(double Value, double ScaleMax = 5, int? Count = null);
