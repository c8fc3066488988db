namespace Mcp.Products.Catalogue;

/// <summary>Looks for searches like one that found nothing that do find something.</summary>
internal sealed class Suggestions(CatalogueSearch search, Func<CatalogueSearch, ValueTask<int>> count)
{
    private const int Most = 6;
    private const int MostWords = 8;

    private readonly List<CatalogueSuggestion> _suggestions = [];

    /// <param name="unknown">Values of filters that there are not.</param>
    /// <param name="categories">All categories, for where nothing else helps.</param>
    public async ValueTask<IReadOnlyList<CatalogueSuggestion>> MakeAsync(IReadOnlyList<UnknownValue> unknown, Func<ValueTask<IReadOnlyList<FacetValue>>> categories)
    {
        foreach (var value in unknown)
        {
            await AddNearAsync(value);
        }

        await AddRelaxedAsync();
        if (_suggestions.Count == 0)
        {
            await AddFewerWordsAsync();
        }

        if (_suggestions.Count == 0)
        {
            foreach (var category in (await categories()).Where(category => !category.Value.Contains(Category.Separator, StringComparison.Ordinal)).OrderByDescending(category => category.Count))
            {
                await AddAsync(SuggestionKind.Category, category.Value, new CatalogueSearch { Categories = [category.Value], Limit = search.Limit });
            }
        }

        return [.. _suggestions.Take(Most)];
    }

    private async ValueTask AddNearAsync(UnknownValue unknown)
    {
        foreach (var near in unknown.Near)
        {
            if (unknown.Filter == UnknownValue.OfCategories)
            {
                await AddAsync(SuggestionKind.Category, near, search with { Categories = Replaced(search.Categories, unknown.Value, near), Offset = 0 });
            }
            else if (unknown.Filter == UnknownValue.OfBrands)
            {
                await AddAsync(SuggestionKind.Brand, near, search with { Brands = Replaced(search.Brands, unknown.Value, near), Offset = 0 });
            }
        }
    }

    private async ValueTask AddRelaxedAsync()
    {
        var all = search with { Offset = 0 };
        if (search.Price is not null)
        {
            await AddAsync(SuggestionKind.RelaxFilter, "price", all with { Price = null });
        }

        if (search.Available is not null)
        {
            await AddAsync(SuggestionKind.RelaxFilter, "available", all with { Available = null });
        }

        if (search.Specifications.Count > 0)
        {
            await AddAsync(SuggestionKind.RelaxFilter, "specifications", all with { Specifications = new Dictionary<string, IReadOnlyList<string>>() });
        }

        if (search.Brands.Count > 0)
        {
            await AddAsync(SuggestionKind.RelaxFilter, "brands", all with { Brands = [] });
        }

        if (search.Categories.Count > 0)
        {
            await AddAsync(SuggestionKind.RelaxFilter, "categories", all with { Categories = [] });
        }
    }

    private async ValueTask AddFewerWordsAsync()
    {
        var words = Text.QueryWords.Of(search.Query);
        if (words.Count is < 2 or > MostWords)
        {
            return;
        }

        foreach (var left in words)
        {
            var query = string.Join(' ', words.Where(word => word != left).Select(word => word.Written));
            await AddAsync(SuggestionKind.Query, query, search with { Query = query, Offset = 0 });
        }

        if (_suggestions.Count == 0 && words.Count > 2)
        {
            foreach (var word in words)
            {
                await AddAsync(SuggestionKind.Query, word.Written, search with { Query = word.Written, Offset = 0 });
            }
        }

        _suggestions.Sort((one, other) => other.Count.CompareTo(one.Count));
    }

    private async ValueTask AddAsync(SuggestionKind kind, string value, CatalogueSearch other)
    {
        if (_suggestions.Count < Most && await count(other) is > 0 and var found)
        {
            _suggestions.Add(new CatalogueSuggestion(kind, value, found, other));
        }
    }

    private static string[] Replaced(IReadOnlyList<string> values, string value, string by) => [.. values.Select(one => one == value ? by : one)];
}
