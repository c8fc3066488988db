using System.Text.Json;
using Mcp.Products.Catalogue;
using Mcp.Products.Tools.Arguments;
using Mcp.Products.Tools.Results;
using ModelContextProtocol.Protocol;

namespace Mcp.Products.Tools;

/// <summary>One product with all that is known of it.</summary>
internal sealed class GetProduct(IProductIndex index) : IProductTool
{
    private const string Id = "id";

    public Tool Definition { get; } = ToolDefinitions.Define(
        "get_product",
        "Get a product",
        "Gives one product by its id or that of one of its variants, with its description, all specifications, and each variant's price and availability.");

    public async ValueTask<CallToolResult> CallAsync(IDictionary<string, JsonElement>? arguments, CancellationToken cancellationToken)
    {
        var faults = new List<ToolMessage>();
        var catalog = ArgumentObject.Root(arguments, faults).Allow("catalog", "meta").Required("catalog").Allow(Id, "context", "signals", "selected", "preferences");
        var id = catalog.Text(Id, ProductId.Longest);
        if (string.IsNullOrEmpty(id) && faults.Count == 0)
        {
            faults.Add(ToolMessage.Error("missing_argument", catalog.PathOf(Id), "The product's id is needed."));
        }

        if (faults.Count > 0)
        {
            return ToolResults.Refuse(faults);
        }

        return await index.FindAsync([id!], cancellationToken) is [var product, ..]
            ? ToolResults.Answer(ProductText.Describe(product), [], json =>
            {
                json.WritePropertyName("product");
                ProductJson.Write(json, product);
            })
            : ToolResults.Refuse([await ProductId.NotFoundAsync(index, id!, catalog.PathOf(Id), cancellationToken)]);
    }
}
