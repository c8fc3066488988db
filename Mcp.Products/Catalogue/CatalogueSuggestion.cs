namespace Mcp.Products.Catalogue;

/// <summary>A search that finds something.</summary>
/// <param name="Kind">How it differs.</param>
/// <param name="Value">The other query, category or brand; of a relaxed filter its name: <c>categories</c>, <c>brands</c>, <c>price</c>, <c>available</c> or <c>specifications</c>.</param>
/// <param name="Count">How many products it finds.</param>
/// <param name="Search">The search, ready to send.</param>
public sealed record CatalogueSuggestion(SuggestionKind Kind, string Value, int Count, CatalogueSearch Search);
