namespace Mcp.Products.Catalogue.Memory;

/// <summary>What there is in a whole catalogue, counted once.</summary>
/// <param name="Categories">All, in alphabetical order.</param>
/// <param name="Brands">All, the commonest first.</param>
/// <param name="Facets">Those of a search that finds everything.</param>
internal sealed record Totals(IReadOnlyList<FacetValue> Categories, IReadOnlyList<FacetValue> Brands, CatalogueFacets Facets)
{
    public static Totals Of(Snapshot snapshot)
    {
        var scratch = new Scratch(snapshot);
        scratch.FindAll();
        var counter = new FacetCounter(snapshot, scratch);
        counter.Tally();
        var categories = Values(scratch.CategoryCounts, snapshot.Names.Categories.Paths).OrderBy(one => one.Value, StringComparer.OrdinalIgnoreCase);
        var brands = Values(scratch.BrandCounts, snapshot.Names.Brands.Names).OrderByDescending(one => one.Count);
        return new Totals([.. categories], [.. brands], counter.TakeFacets());
    }

    private static List<FacetValue> Values(int[] counts, IReadOnlyList<string> names) => [.. counts.Select((count, number) => new FacetValue(names[number], count))];
}
