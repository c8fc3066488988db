namespace Mcp.Products.Catalogue;

/// <summary>How many products there are from one price up to, and without, another.</summary>
/// <param name="Min">In the currency's smallest unit.</param>
/// <param name="Below">In the currency's smallest unit; null for the dearest.</param>
/// <param name="Currency">Three letters as ISO 4217 has them.</param>
/// <param name="Count">How many products.</param>
public sealed record PriceFacet(long Min, long? Below, string Currency, int Count);
