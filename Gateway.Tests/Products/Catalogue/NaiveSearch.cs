using Mcp.Products.Catalogue;
using Mcp.Products.Catalogue.Text;

namespace Gateway.Tests.Products.Catalogue;

/// <summary>Says what a search must find by looking at every product, one after the other.</summary>
internal static class NaiveSearch
{
    public static List<Product> Find(IReadOnlyList<Product> products, CatalogueSearch search) =>
        [.. products.Where(product => HasWords(product, search.Query)
            && (search.Brands.Count == 0 || search.Brands.Any(brand => Same(brand, product.Brand)))
            && (search.Categories.Count == 0 || product.Categories.Any(category => CategoryPath.Steps(category.Value).Any(step => search.Categories.Any(wanted => Same(wanted, step)))))
            && search.Specifications.All(wanted => product.Metadata.Specifications.Any(has => Same(has.Key, wanted.Key) && wanted.Value.Any(value => Same(value, has.Value))))
            && HasOffer(product, search))];

    public static Dictionary<string, int> Brands(IEnumerable<Product> found) => found.Where(product => product.Brand is not null).GroupBy(product => product.Brand!).ToDictionary(group => group.Key, group => group.Count());

    public static Dictionary<string, int> Categories(IEnumerable<Product> found) =>
        found.SelectMany(product => product.Categories.SelectMany(category => CategoryPath.Steps(category.Value)).Distinct()).GroupBy(step => step).ToDictionary(group => group.Key, group => group.Count());

    public static Dictionary<(long, string), int> Prices(IEnumerable<Product> found) =>
        found.GroupBy(product => (PriceSteps.Amounts.Last(step => step <= product.PriceRange.Min.Amount), product.PriceRange.Min.Currency)).ToDictionary(group => group.Key, group => group.Count());

    /// <summary>By their names, or the values of one of them.</summary>
    public static Dictionary<string, int> Specifications(IEnumerable<Product> found, string? name) =>
        found.SelectMany(product => product.Metadata.Specifications).Where(pair => name is null || Same(pair.Key, name))
            .GroupBy(pair => name is null ? pair.Key : pair.Value, StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.Count(), StringComparer.OrdinalIgnoreCase);

    private static bool HasWords(Product product, string? query)
    {
        var words = new HashSet<string>();
        SearchedText.Visit(product, words, static (words, _, text) => words.UnionWith(Words(text)));
        var wanted = QueryWords.Of(query);
        return (wanted.Count > 0 || string.IsNullOrWhiteSpace(query)) && wanted.Select((word, i) => words.Contains(word.Text) || (i == wanted.Count - 1 && word.Text.Length > 1 && words.Any(one => one.StartsWith(word.Text, StringComparison.Ordinal)))).All(has => has);
    }

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var reader = new WordReader(text, new char[WordReader.BufferLength], joins: true);
        while (reader.MoveNext())
        {
            words.Add(reader.Current.ToString());
        }

        return words;
    }

    private static bool HasOffer(Product product, CatalogueSearch search)
    {
        var offers = product.Variants.Where(variant => search.Price is not { } price
            || (variant.Price.Currency == price.Currency && variant.Price.Amount >= (price.Min ?? 0) && variant.Price.Amount <= (price.Max ?? long.MaxValue)));
        return search.Available switch
        {
            true => offers.Any(variant => variant.Availability.Available),
            false => offers.Any() && !product.Variants.Any(variant => variant.Availability.Available),
            null => offers.Any(),
        };
    }

    private static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
