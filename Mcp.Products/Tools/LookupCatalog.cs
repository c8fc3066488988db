using System.Text;
using System.Text.Json;
using Mcp.Products.Catalogue;
using Mcp.Products.Tools.Arguments;
using Mcp.Products.Tools.Results;
using ModelContextProtocol.Protocol;

namespace Mcp.Products.Tools;

/// <summary>Several products by their ids.</summary>
internal sealed class LookupCatalog(IProductIndex index) : IProductTool
{
    private const int MostIds = 50;
    private const string Ids = "ids";

    public Tool Definition { get; } = ToolDefinitions.Define(
        "lookup_catalog",
        "Look products up",
        "Gives products by their ids or those of their variants, up to 50 at once. Of an id that is not there it says which are like it.");

    public async ValueTask<CallToolResult> CallAsync(IDictionary<string, JsonElement>? arguments, CancellationToken cancellationToken)
    {
        var messages = new List<ToolMessage>();
        var catalog = ArgumentObject.Root(arguments, messages).Allow("catalog", "meta").Required("catalog").Allow(Ids, "context", "signals");
        var ids = catalog.Texts(Ids, MostIds, ProductId.Longest);
        if (ids.Count == 0 && messages.Count == 0)
        {
            messages.Add(ToolMessage.Error("missing_argument", catalog.PathOf(Ids), "At least one id is needed."));
        }

        if (messages.Count > 0)
        {
            return ToolResults.Refuse(messages, json => ProductJson.WriteProducts(json, []));
        }

        var products = await index.FindAsync(ids, cancellationToken);
        for (var i = 0; i < ids.Count; i++)
        {
            if (!products.Any(product => ProductId.Names(product, ids[i])))
            {
                messages.Add(await ProductId.NotFoundAsync(index, ids[i], $"{catalog.PathOf(Ids)}[{i}]", cancellationToken));
            }
        }

        return products.Count == 0
            ? ToolResults.Refuse(messages, json => ProductJson.WriteProducts(json, []))
            : ToolResults.Answer(TextOf(products, messages), messages, json => ProductJson.WriteProducts(json, products));
    }

    private static string TextOf(IReadOnlyList<Product> products, IReadOnlyList<ToolMessage> messages)
    {
        var text = new StringBuilder();
        ToolResults.AppendTo(text, messages);
        foreach (var product in products)
        {
            ProductText.AppendLine(text, product);
        }

        return text.ToString();
    }
}
