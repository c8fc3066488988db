using Mcp.Products.Catalogue;

namespace Mcp.Products.Tools.Results;

/// <summary>What there is to say about a search that was understood.</summary>
internal static class SearchMessages
{
    public static List<ToolMessage> Of(CatalogueSearch search, CataloguePage page)
    {
        var messages = new List<ToolMessage>();
        if (page.TotalCount == 0)
        {
            messages.Add(ToolMessage.Info("no_results", "Nothing was found."));
        }

        if (page.CorrectedQuery is { } corrected && corrected != search.Query)
        {
            messages.Add(ToolMessage.Info("query_corrected", $"Searched for '{corrected}' instead of '{search.Query}'."));
        }

        messages.AddRange(page.UnknownValues.Select(unknown =>
            ToolMessage.Warning("unknown_value", $"$.catalog.filters.{unknown.Filter}", $"No product has '{unknown.Value}' there.", unknown.Near)));
        return messages;
    }

    public static ToolMessage MinorUnits(PriceFilter sent, PriceFilter meant) => ToolMessage.Warning(
        "minor_units",
        "$.catalog.filters.price.max",
        $"Amounts are in the currency's smallest unit: {sent.Max} is {Money.Format(new Price(sent.Max!.Value, sent.Currency))}. If {Money.Format(new Price(meant.Max!.Value, meant.Currency))} was meant, send {meant.Max}.",
        $"{meant.Max}");
}
