using Mcp.Products.Catalogue.Text;

namespace Mcp.Products.Catalogue.Names;

/// <summary>Finds the values of a search's filters that a catalogue does not have.</summary>
internal static class UnknownValues
{
    public static IReadOnlyList<UnknownValue> Of(CatalogueSearch search, CatalogueNames names)
    {
        List<UnknownValue>? unknown = null;
        foreach (var category in search.Categories)
        {
            if (names.Categories.Find(category).Count == 0)
            {
                Add(UnknownValue.OfCategories, category, names.Categories.Paths);
            }
        }

        foreach (var brand in search.Brands)
        {
            if (!names.Brands.TryFind(brand, out _))
            {
                Add(UnknownValue.OfBrands, brand, names.Brands.Names);
            }
        }

        foreach (var (name, values) in search.Specifications)
        {
            if (!names.Specifications.TryFindName(name, out var number))
            {
                Add(UnknownValue.OfSpecifications, name, names.Specifications.Names);
                continue;
            }

            foreach (var value in values)
            {
                if (names.Specifications.Find(number, value) < 0)
                {
                    Add($"{UnknownValue.OfSpecifications}.{names.Specifications.Names[number]}", value, names.Specifications.ValuesOf(number));
                }
            }
        }

        return unknown is null ? [] : unknown;

        void Add(string filter, string value, IEnumerable<string> there) => (unknown ??= []).Add(new UnknownValue(filter, value, NearNames.Of(value, there)));
    }
}
