namespace Mcp.Products.Catalogue;

/// <summary>An amount of money.</summary>
/// <param name="Amount">In the currency's smallest unit: 4999 is 49.99 USD, or 4,999 JPY.</param>
/// <param name="Currency">Three capital letters as ISO 4217 has them.</param>
public sealed record Price(long Amount, string Currency);
