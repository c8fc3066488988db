namespace Mcp.Products.Catalogue.Memory;

/// <summary>What there is in a whole catalogue, counted once.</summary>
/// <param name="Categories">All, in alphabetical order.</param>
/// <param name="Brands">All, the commonest first.</param>
/// <param name="Facets">Those of a search that finds everything.</param>
internal sealed record Totals(IReadOnlyList<FacetValue> Categories, IReadOnlyList<FacetValue> Brands, CatalogueFacets Facets)
{
    public static Totals Of(Snapshot snapshot) => new(
        [.. Values(snapshot.ProductsOfCategory, snapshot.Names.Categories.Paths).OrderBy(one => one.Value, StringComparer.OrdinalIgnoreCase)],
        [.. Values(snapshot.ProductsOfBrand, snapshot.Names.Brands.Names)],
        FacetCounter.OfAll(snapshot));

    private static IEnumerable<FacetValue> Values(ProductSets products, IReadOnlyList<string> names) =>
        products.ByCount.Select(number => new FacetValue(names[number], products.Count(number)));
}
