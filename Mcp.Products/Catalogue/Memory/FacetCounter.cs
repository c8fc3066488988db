using Mcp.Products.Catalogue.Names;

namespace Mcp.Products.Catalogue.Memory;

/// <summary>
/// Counts what there is among the products found: few of them one by one, many by what they share with the products of each brand, category and
/// specification, of which only those can be among the commonest that have enough products at all.
/// </summary>
internal sealed class FacetCounter(Snapshot snapshot, Scratch scratch)
{
    private const int FewOf = 24;

    public CatalogueFacets Count() => scratch.Count < snapshot.Count / FewOf ? CountEach() : CountSets();

    /// <summary>What there is among all products.</summary>
    public static CatalogueFacets OfAll(Snapshot snapshot) => Facets(
        snapshot,
        snapshot.ProductsOfCategory.Count,
        snapshot.ProductsOfBrand.Count,
        snapshot.ProductsOfPrice.Count,
        snapshot.Available.Count(),
        snapshot.ProductsOfName.Count,
        snapshot.ProductsOfSpecification.Count);

    private CatalogueFacets CountSets()
    {
        scratch.EnsureBits();
        var found = scratch.Bits;
        return Facets(
            snapshot,
            category => snapshot.ProductsOfCategory.CountIn(category, found),
            brand => snapshot.ProductsOfBrand.CountIn(brand, found),
            price => snapshot.ProductsOfPrice.CountIn(price, found),
            found.CountWith(snapshot.Available),
            name => snapshot.ProductsOfName.CountIn(name, found),
            pair => snapshot.ProductsOfSpecification.CountIn(pair, found));
    }

    private CatalogueFacets CountEach()
    {
        scratch.EnsureList();
        var available = 0;
        foreach (var product in scratch.Found.AsSpan(0, scratch.Count))
        {
            if (snapshot.BrandOf[product] is >= 0 and var brand)
            {
                scratch.BrandCounts[brand]++;
            }

            foreach (var category in snapshot.CategoriesOf[product])
            {
                scratch.CategoryCounts[category]++;
            }

            foreach (var pair in snapshot.SpecificationsOf[product])
            {
                scratch.SpecificationCounts[pair]++;
                scratch.NameCounts[snapshot.Names.Specifications.NameOf(pair)]++;
            }

            scratch.PriceCounts[snapshot.PriceStepOf[product]]++;
            available += snapshot.Available[product] ? 1 : 0;
        }

        var facets = Facets(
            snapshot,
            category => scratch.CategoryCounts[category],
            brand => scratch.BrandCounts[brand],
            price => scratch.PriceCounts[price],
            available,
            name => scratch.NameCounts[name],
            pair => scratch.SpecificationCounts[pair]);
        scratch.ClearCounts();
        return facets;
    }

    private static CatalogueFacets Facets(
        Snapshot snapshot, Func<int, int> category, Func<int, int> brand, Func<int, int> price, int available, Func<int, int> name, Func<int, int> pair) =>
        new(
            Values(Commonest.Of(snapshot.ProductsOfCategory.ByCount, snapshot.ProductsOfCategory.Count, category, CatalogueFacets.MostValues), snapshot.Names.Categories.Paths),
            Values(Commonest.Of(snapshot.ProductsOfBrand.ByCount, snapshot.ProductsOfBrand.Count, brand, CatalogueFacets.MostValues), snapshot.Names.Brands.Names),
            Prices(snapshot, price),
            available,
            Specifications(snapshot, name, pair));

    private static List<FacetValue> Values(List<(int Number, int Count)> commonest, IReadOnlyList<string> names) =>
        commonest.ConvertAll(one => new FacetValue(names[one.Number], one.Count));

    private static List<PriceFacet> Prices(Snapshot snapshot, Func<int, int> count)
    {
        var (prices, steps) = (new List<PriceFacet>(), PriceSteps.Amounts.Length);
        for (var i = 0; i < snapshot.Names.Currencies.Count * steps; i++)
        {
            if (count(i) is > 0 and var counted)
            {
                prices.Add(PriceSteps.Facet(i % steps, snapshot.Names.Currencies.Names[i / steps], counted));
            }
        }

        return prices;
    }

    private static List<SpecificationFacet> Specifications(Snapshot snapshot, Func<int, int> name, Func<int, int> pair) =>
        Commonest.Of(snapshot.ProductsOfName.ByCount, snapshot.ProductsOfName.Count, name, CatalogueFacets.MostSpecifications).ConvertAll(one => new SpecificationFacet(
            snapshot.Names.Specifications.Names[one.Number],
            one.Count,
            Commonest.Of(snapshot.PairsOfName[one.Number], snapshot.ProductsOfSpecification.Count, pair, CatalogueFacets.MostValues)
                .ConvertAll(value => new FacetValue(snapshot.Names.Specifications.ValueOf(value.Number), value.Count))));
}
