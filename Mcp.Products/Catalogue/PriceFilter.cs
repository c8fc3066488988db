namespace Mcp.Products.Catalogue;

/// <summary>Variants priced in a currency, from and up to an amount.</summary>
/// <param name="Min">The least, in the currency's smallest unit.</param>
/// <param name="Max">The most, in the currency's smallest unit.</param>
/// <param name="Currency">Three letters as ISO 4217 has them; no other currency's prices pass.</param>
public sealed record PriceFilter(long? Min, long? Max, string Currency);
