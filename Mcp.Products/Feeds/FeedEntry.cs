using Mcp.Products.Catalogue;

namespace Mcp.Products.Feeds;

/// <summary>What a row of a feed came to.</summary>
/// <param name="Line">Where it begins; the first is 1.</param>
/// <param name="Product">Null where it is bad.</param>
/// <param name="Fault">What is wrong with it.</param>
/// <param name="Group">The product that the row is a variant of.</param>
internal readonly record struct FeedEntry(long Line, Product? Product, string? Fault = null, string? Group = null);
