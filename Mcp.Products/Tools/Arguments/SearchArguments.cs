using System.Text.Json;
using Mcp.Products.Catalogue;
using Mcp.Products.Feeds;

namespace Mcp.Products.Tools.Arguments;

/// <summary>The arguments of <c>search_catalog</c>, both ways: suggestions are searches that are ready to send.</summary>
internal static class SearchArguments
{
    /// <summary>JavaScript's largest whole number, which every client can say.</summary>
    public const long MostMoney = (1L << 53) - 1;

    private const int MostValues = 50;
    private const int LongestValue = 200;
    private const int LongestCursor = 200;

    /// <param name="catalog">The argument of this name.</param>
    /// <param name="currency">Of prices that come without one.</param>
    /// <param name="faults">Where to put what is wrong.</param>
    public static (CatalogueSearch Search, string? Cursor) Read(ArgumentObject catalog, string currency, List<ToolMessage> faults)
    {
        catalog.Allow("query", "filters", "context", "pagination", "signals");
        var filters = catalog.Object("filters").Allow("categories", "price", "available", "brands", "specifications");
        var pagination = catalog.Object("pagination").Allow("cursor", "limit");
        var search = new CatalogueSearch
        {
            Query = catalog.Text("query", CatalogueSearch.MaxQueryLength),
            Categories = filters.Texts("categories", MostValues, LongestValue),
            Brands = filters.Texts("brands", MostValues, LongestValue),
            Price = PriceOf(filters, CurrencyOf(catalog.Object("context"), faults) ?? currency, faults),
            Available = filters.Flag("available"),
            Specifications = SpecificationsOf(filters.Object("specifications")),
            Limit = (int)(pagination.Number("limit", 1, CatalogueSearch.MaxLimit, "products") ?? CatalogueSearch.DefaultLimit),
        };
        return (search, pagination.Text("cursor", LongestCursor));
    }

    public static void Write(Utf8JsonWriter json, CatalogueSearch search)
    {
        json.WriteStartObject();
        json.WriteStartObject("catalog");
        if (search.Query is { } query)
        {
            json.WriteString("query", query);
        }

        WriteFilters(json, search);
        if (search.Price is { } price)
        {
            json.WriteStartObject("context");
            json.WriteString("currency", price.Currency);
            json.WriteEndObject();
        }

        if (search.Limit != CatalogueSearch.DefaultLimit)
        {
            json.WriteStartObject("pagination");
            json.WriteNumber("limit", search.Limit);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static ReadOnlySpan<byte> ToJson(CatalogueSearch search) => JsonBytes.Write(json => Write(json, search)).Span;

    private static void WriteFilters(Utf8JsonWriter json, CatalogueSearch search)
    {
        json.WriteStartObject("filters");
        WriteTexts(json, "categories", search.Categories);
        if (search.Price is { } price)
        {
            json.WriteStartObject("price");
            WriteNumber(json, "min", price.Min);
            WriteNumber(json, "max", price.Max);
            json.WriteEndObject();
        }

        if (search.Available is { } available)
        {
            json.WriteBoolean("available", available);
        }

        WriteTexts(json, "brands", search.Brands);
        if (search.Specifications.Count > 0)
        {
            json.WriteStartObject("specifications");
            foreach (var (name, values) in search.Specifications.OrderBy(specification => specification.Key, StringComparer.Ordinal))
            {
                WriteTexts(json, name, values);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static PriceFilter? PriceOf(ArgumentObject filters, string currency, List<ToolMessage> faults)
    {
        var price = filters.Object("price").Allow("min", "max");
        var unit = $"{currency} in the smallest unit";
        var (min, max) = (price.Number("min", 0, MostMoney, unit), price.Number("max", 0, MostMoney, unit));
        if (min > max)
        {
            faults.Add(ToolMessage.Error("invalid_range", price.Path, $"min ({min}) is more than max ({max})."));
        }

        return min is null && max is null ? null : new PriceFilter(min, max, currency);
    }

    private static string? CurrencyOf(ArgumentObject context, List<ToolMessage> faults)
    {
        // What else the standards say about a buyer is not used here.
        if (!context.Has("currency") || context.Text("currency", LongestValue) is not { } currency)
        {
            return null;
        }

        if (Currencies.IsValid(currency))
        {
            return currency.ToUpperInvariant();
        }

        faults.Add(ToolMessage.Error("invalid_currency", context.PathOf("currency"), "It must be three letters as ISO 4217 has them, such as USD."));
        return null;
    }

    private static Dictionary<string, IReadOnlyList<string>> SpecificationsOf(ArgumentObject specifications) =>
        specifications.Names.ToDictionary(name => name, name => specifications.TextOrTexts(name, MostValues, LongestValue));

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
    }
}
