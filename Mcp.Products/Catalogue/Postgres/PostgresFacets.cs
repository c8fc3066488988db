using Mcp.Products.Catalogue.Names;

namespace Mcp.Products.Catalogue.Postgres;

/// <summary>Gathers the counts that a search returns as rows.</summary>
internal sealed class PostgresFacets(CatalogueNames names)
{
    private readonly List<FacetValue> _categories = [];
    private readonly List<FacetValue> _brands = [];
    private readonly List<(int Currency, int Step, int Count)> _prices = [];
    private readonly List<(string Name, int Total, List<FacetValue> Values)> _specifications = [];

    public int Available { get; set; }

    public void AddCategory(int number, int count) => _categories.Add(new FacetValue(names.Categories.Paths[number], count));

    public void AddBrand(int number, int count) => _brands.Add(new FacetValue(names.Brands.Names[number], count));

    /// <param name="number"><c>currency * steps + step</c></param>
    public void AddPrice(int number, int count) => _prices.Add((number / PriceSteps.Amounts.Length, number % PriceSteps.Amounts.Length, count));

    /// <summary>Values come by name, the commonest name and value first.</summary>
    public void AddSpecification(int pair, int count, int total)
    {
        var name = names.Specifications.Names[names.Specifications.NameOf(pair)];
        if (_specifications.Count == 0 || _specifications[^1].Name != name)
        {
            _specifications.Add((name, total, []));
        }

        _specifications[^1].Values.Add(new FacetValue(names.Specifications.ValueOf(pair), count));
    }

    public CatalogueFacets Take() => new(
        _categories,
        _brands,
        [.. _prices.OrderBy(one => one.Currency).ThenBy(one => one.Step).Select(one => PriceSteps.Facet(one.Step, names.Currencies.Names[one.Currency], one.Count))],
        Available,
        [.. _specifications.Select(one => new SpecificationFacet(one.Name, one.Total, one.Values))]);
}
