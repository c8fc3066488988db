using Mcp.Products.Catalogue.Names;
using Npgsql;

namespace Mcp.Products.Catalogue.Postgres;

/// <summary>A search's filters as conditions on a generation's products, with their parameters.</summary>
internal static class PostgresFilters
{
    public static IEnumerable<string> Of(CatalogueSearch search, CatalogueNames names, NpgsqlParameterCollection parameters)
    {
        if (search.Brands.Count > 0)
        {
            yield return $"brand = ANY({Add(Numbers(search.Brands, names.Brands))})";
        }

        if (search.Categories.Count > 0)
        {
            yield return $"categories && {Add(search.Categories.SelectMany(names.Categories.Find).ToArray())}";
        }

        foreach (var (name, values) in search.Specifications)
        {
            var pairs = names.Specifications.TryFindName(name, out var number) ? values.Select(value => names.Specifications.Find(number, value)).Where(pair => pair >= 0).ToArray() : [];
            yield return $"specifications && {Add(pairs)}";
        }

        if (search.Price is { } price)
        {
            yield return $"currency = {Add(names.Currencies.TryFind(price.Currency, out var currency) ? currency : -1)}";
            yield return $"price_min <= {Add(price.Max ?? long.MaxValue)} AND price_max >= {Add(price.Min ?? 0)}";
        }

        if (search.Available is false)
        {
            yield return "NOT available";
        }

        // "In stock up to 60 dollars" wants one variant that is both.
        if (search.Price is not null || search.Available is true)
        {
            var bounds = search.Price is { } range ? $"offer >> 1 BETWEEN {Add(range.Min ?? 0)} AND {Add(range.Max ?? long.MaxValue)}" : "true";
            yield return $"EXISTS (SELECT FROM unnest(offers) AS offer WHERE {bounds}{(search.Available is true ? " AND offer & 1 = 1" : "")})";
        }

        string Add(object value)
        {
            parameters.Add(new NpgsqlParameter { Value = value });
            return $"${parameters.Count}";
        }
    }

    private static int[] Numbers(IReadOnlyList<string> values, NameTable names)
    {
        var numbers = new List<int>(values.Count);
        foreach (var value in values)
        {
            if (names.TryFind(value, out var number))
            {
                numbers.Add(number);
            }
        }

        return [.. numbers];
    }
}
