using System.Globalization;
using System.Text;
using Mcp.Products.Catalogue;
using Mcp.Products.Tools.Arguments;

namespace Mcp.Products.Tools.Results;

/// <summary>What a search has found, in words.</summary>
internal static class SearchText
{
    private const int FacetsShown = 6;

    public static string Of(CatalogueSearch search, CataloguePage page, IReadOnlyList<ToolMessage> messages, IReadOnlyList<CatalogueSuggestion> suggestions, string? next)
    {
        var text = new StringBuilder();
        if (page.TotalCount > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{page.TotalCount} {(page.TotalCount == 1 ? "product" : "products")} found{(page.TotalCount > page.Products.Count ? $", {page.Products.Count} shown" : "")}.\n");
        }

        ToolResults.AppendTo(text, messages);
        foreach (var product in page.Products)
        {
            ProductText.AppendLine(text, product);
        }

        AppendFacets(text, search, page);
        AppendSuggestions(text, suggestions);
        return next is null ? text.ToString() : text.Append("More with the cursor ").Append(next).Append(".\n").ToString();
    }

    public static string NameOf(SuggestionKind kind) => kind switch
    {
        SuggestionKind.Query => "query",
        SuggestionKind.Category => "category",
        SuggestionKind.Brand => "brand",
        _ => "relax_filter",
    };

    private static void AppendFacets(StringBuilder text, CatalogueSearch search, CataloguePage page)
    {
        if (page.TotalCount <= page.Products.Count)
        {
            return;
        }

        Append("Brands", search.Brands.Count == 0 ? page.Facets.Brands : []);
        Append("Categories", search.Categories.Count == 0 ? page.Facets.Categories : []);

        void Append(string name, IReadOnlyList<FacetValue> values)
        {
            if (values.Count > 1)
            {
                text.Append(name).Append(": ").AppendJoin(", ", values.Take(FacetsShown).Select(value => $"{value.Value} ({value.Count})")).Append('\n');
            }
        }
    }

    private static void AppendSuggestions(StringBuilder text, IReadOnlyList<CatalogueSuggestion> suggestions)
    {
        foreach (var suggestion in suggestions)
        {
            text.Append(suggestion.Kind switch
            {
                SuggestionKind.RelaxFilter when suggestion.Search.Price is not null && suggestion.Value == "price" => "With that price",
                SuggestionKind.RelaxFilter => $"Without the filter {suggestion.Value}",
                _ => $"With the {NameOf(suggestion.Kind)} '{suggestion.Value}'",
            });
            text.Append(CultureInfo.InvariantCulture, $" there are {suggestion.Count}: ").Append(Encoding.UTF8.GetString(SearchArguments.ToJson(suggestion.Search))).Append('\n');
        }
    }
}
