using Mcp.Products.Catalogue.Text;

namespace Mcp.Products.Catalogue.Memory;

/// <summary>Finds the values of a search's filters that a catalogue does not have.</summary>
internal static class UnknownValues
{
    public static IReadOnlyList<UnknownValue> Of(CatalogueSearch search, Snapshot snapshot)
    {
        List<UnknownValue>? unknown = null;
        foreach (var category in search.Categories)
        {
            if (snapshot.Categories.Find(category).Count == 0)
            {
                Add(UnknownValue.OfCategories, category, snapshot.Categories.Paths);
            }
        }

        foreach (var brand in search.Brands)
        {
            if (!snapshot.Brands.TryFind(brand, out _))
            {
                Add(UnknownValue.OfBrands, brand, snapshot.Brands.Names);
            }
        }

        foreach (var (name, values) in search.Specifications)
        {
            if (!snapshot.Specifications.TryFindName(name, out var number))
            {
                Add(UnknownValue.OfSpecifications, name, snapshot.Specifications.Names);
                continue;
            }

            foreach (var value in values)
            {
                if (snapshot.Specifications.Find(number, value) < 0)
                {
                    Add($"{UnknownValue.OfSpecifications}.{snapshot.Specifications.Names[number]}", value, snapshot.Specifications.ValuesOf(number));
                }
            }
        }

        return unknown is null ? [] : unknown;

        void Add(string filter, string value, IEnumerable<string> names) => (unknown ??= []).Add(new UnknownValue(filter, value, NearNames.Of(value, names)));
    }
}
