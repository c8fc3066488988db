using Mcp.Products.Catalogue.Names;

namespace Mcp.Products.Catalogue.Memory;

/// <summary>Counts what there is among the products found.</summary>
internal sealed class FacetCounter(Snapshot snapshot, Scratch scratch)
{
    private readonly int[] _prices = new int[snapshot.Names.Currencies.Count * PriceSteps.Amounts.Length];
    private int _available;

    /// <summary>Counts into the room for it.</summary>
    public void Tally()
    {
        var found = scratch.Found.AsSpan(0, scratch.Count);
        var steps = PriceSteps.Amounts.Length;
        foreach (var product in found)
        {
            if (snapshot.BrandOf[product] is >= 0 and var brand)
            {
                scratch.BrandCounts[brand]++;
            }

            foreach (var pair in snapshot.SpecificationsOf[product])
            {
                scratch.SpecificationCounts[pair]++;
            }

            CountCategories(product);
            var (lowest, isAvailable) = (long.MaxValue, 0L);
            foreach (var price in snapshot.PricesOf[product])
            {
                lowest = Math.Min(lowest, price >> 1);
                isAvailable |= price & 1;
            }

            _prices[(snapshot.CurrencyOf[product] * steps) + PriceSteps.Of(lowest)]++;
            _available += (int)isAvailable;
        }
    }

    /// <summary>The commonest of what was counted; the room is empty then.</summary>
    public CatalogueFacets TakeFacets() =>
        new(
            Commonest.Of(scratch.CategoryCounts, snapshot.Names.Categories.Paths),
            Commonest.Of(scratch.BrandCounts, snapshot.Names.Brands.Names),
            Prices(),
            _available,
            Specifications());

    // A product in two categories of one parent counts once there.
    private void CountCategories(int product)
    {
        var own = snapshot.CategoriesOf[product];
        for (var i = 0; i < own.Length; i++)
        {
            for (var category = own[i]; category != CategoryTree.None && !Contains(own[..i], category); category = snapshot.Names.Categories.ParentOf(category))
            {
                scratch.CategoryCounts[category]++;
            }
        }
    }

    private bool Contains(ReadOnlySpan<int> counted, int category)
    {
        foreach (var one in counted)
        {
            for (var step = one; step != CategoryTree.None; step = snapshot.Names.Categories.ParentOf(step))
            {
                if (step == category)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private List<PriceFacet> Prices()
    {
        var prices = new List<PriceFacet>();
        for (var i = 0; i < _prices.Length; i++)
        {
            if (_prices[i] > 0)
            {
                prices.Add(PriceSteps.Facet(i % PriceSteps.Amounts.Length, snapshot.Names.Currencies.Names[i / PriceSteps.Amounts.Length], _prices[i]));
            }
        }

        return prices;
    }

    private List<SpecificationFacet> Specifications()
    {
        var names = new int[snapshot.Names.Specifications.Names.Count];
        var counts = scratch.SpecificationCounts;
        for (var pair = 0; pair < counts.Length; pair++)
        {
            if (counts[pair] > 0)
            {
                names[snapshot.Names.Specifications.NameOf(pair)] += counts[pair];
            }
        }

        var commonest = Commonest.Numbers(names, CatalogueFacets.MostSpecifications);
        var facets = new List<SpecificationFacet>(commonest.Count);
        foreach (var name in commonest)
        {
            facets.Add(new SpecificationFacet(snapshot.Names.Specifications.Names[name], names[name], snapshot.Names.Specifications.Commonest(name, counts)));
        }

        Array.Clear(counts);
        return facets;
    }
}
