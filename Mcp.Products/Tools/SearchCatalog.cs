using System.Text.Json;
using Mcp.Products.Catalogue;
using Mcp.Products.Configuration;
using Mcp.Products.Feeds;
using Mcp.Products.Tools.Arguments;
using Mcp.Products.Tools.Results;
using ModelContextProtocol.Protocol;

namespace Mcp.Products.Tools;

/// <summary>Finds products by words and filters, and where there are none says what to ask for instead.</summary>
internal sealed class SearchCatalog(IProductIndex index, ProductsOptions options) : IProductTool
{
    private const string CursorPath = "$.catalog.pagination.cursor";

    public Tool Definition { get; } = ToolDefinitions.Define(
        "search_catalog",
        "Search the catalogue",
        """
        Finds products by words and filters: categories, brands, price, availability and specifications. Amounts of money are in the currency's smallest unit: 6000 is 60.00 USD.
        The answer holds the products, how many there are in all, a cursor for the next page, and facets: what to narrow the search by. Where nothing is found it suggests
        other searches, each ready to be sent.
        """);

    public async ValueTask<CallToolResult> CallAsync(IDictionary<string, JsonElement>? arguments, CancellationToken cancellationToken)
    {
        var faults = new List<ToolMessage>();
        var (search, cursorText) = SearchArguments.Read(ArgumentObject.Root(arguments, faults).Allow("catalog", "meta").Required("catalog"), options.Currency, faults);
        var cursor = CursorOf(cursorText, search, faults);
        if (faults.Count > 0)
        {
            return Refuse(faults);
        }

        var page = await index.SearchAsync(search with { Offset = cursor?.Offset ?? 0 }, cancellationToken);
        if (cursor?.IsIn(page.Version) == false)
        {
            return Refuse([ToolMessage.Error("cursor_expired", CursorPath, "The catalogue has been replaced since this cursor was given. Search again without it.")]);
        }

        if (page.TotalCount == 0 && page.UnknownValues.Where(unknown => unknown.Filter == "categories").ToList() is { Count: > 0 } categories)
        {
            return Refuse([.. categories.Select(unknown => ToolMessage.Error("unknown_category", "$.catalog.filters.categories", $"There is no category '{unknown.Value}'.", unknown.Near))]);
        }

        return await AnswerAsync(search, page, cancellationToken);
    }

    private async ValueTask<CallToolResult> AnswerAsync(CatalogueSearch search, CataloguePage page, CancellationToken cancellationToken)
    {
        var suggestions = page.Suggestions;
        var messages = SearchMessages.Of(search, page);
        if (page.TotalCount == 0 && await InLargeUnitsAsync(search, cancellationToken) is { } meant)
        {
            messages.Add(SearchMessages.MinorUnits(search.Price!, meant.Search.Price!));
            suggestions = [meant, .. suggestions];
        }

        var next = page.NextOffset is { } offset ? SearchCursor.To(offset, search, page.Version).ToString() : null;
        return ToolResults.Answer(SearchText.Of(search, page, messages, suggestions, next), messages, json =>
        {
            ProductJson.WriteProducts(json, page.Products);
            WritePagination(json, page.TotalCount, next);
            ProductJson.WriteFacets(json, page.Facets);
            WriteSuggestions(json, suggestions);
        });
    }

    // A model that says 60 where it means 60.00: what it meant, if that finds something.
    private async ValueTask<CatalogueSuggestion?> InLargeUnitsAsync(CatalogueSearch search, CancellationToken cancellationToken)
    {
        if (search.Price is not { Max: { } max } price || (long)Currencies.UnitsOf(price.Currency) is var units && (units == 1 || max > SearchArguments.MostMoney / units))
        {
            return null;
        }

        var meant = search with { Price = price with { Min = price.Min * units, Max = max * units } };
        var page = await index.SearchAsync(meant with { Limit = 1 }, cancellationToken);
        return page.TotalCount == 0 ? null : new CatalogueSuggestion(SuggestionKind.RelaxFilter, "price", page.TotalCount, meant);
    }

    private static SearchCursor? CursorOf(string? text, CatalogueSearch search, List<ToolMessage> faults)
    {
        if (text is null)
        {
            return null;
        }

        var cursor = SearchCursor.Parse(text);
        if (cursor is null)
        {
            faults.Add(ToolMessage.Error("invalid_cursor", CursorPath, "It is no cursor of this server. Take it from pagination.cursor of the page before, or leave it out."));
        }
        else if (!cursor.Value.IsOf(search))
        {
            faults.Add(ToolMessage.Error("cursor_of_another_search", CursorPath, "It belongs to another search. Send the query and filters that it came with, or leave it out."));
        }

        return cursor;
    }

    private static CallToolResult Refuse(IReadOnlyList<ToolMessage> faults) => ToolResults.Refuse(faults, json =>
    {
        ProductJson.WriteProducts(json, []);
        WritePagination(json, 0, next: null);
    });

    private static void WritePagination(Utf8JsonWriter json, int totalCount, string? next)
    {
        json.WriteStartObject("pagination");
        if (next is not null)
        {
            json.WriteString("cursor", next);
        }

        json.WriteBoolean("has_next_page", next is not null);
        json.WriteNumber("total_count", totalCount);
        json.WriteEndObject();
    }

    private static void WriteSuggestions(Utf8JsonWriter json, IReadOnlyList<CatalogueSuggestion> suggestions)
    {
        json.WriteStartArray("suggestions");
        foreach (var suggestion in suggestions)
        {
            json.WriteStartObject();
            json.WriteString("type", SearchText.NameOf(suggestion.Kind));
            json.WriteString("value", suggestion.Value);
            json.WriteNumber("count", suggestion.Count);
            json.WritePropertyName("arguments");
            SearchArguments.Write(json, suggestion.Search);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
