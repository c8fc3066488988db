using System.Text.Json;
using Mcp.Products.Catalogue;
using Mcp.Products.Tools.Arguments;
using Mcp.Products.Tools.Results;
using ModelContextProtocol.Protocol;

namespace Mcp.Products.Tools;

/// <summary>What there is to filter by.</summary>
internal sealed class ListCategories(IProductIndex index) : IProductTool
{
    public Tool Definition { get; } = ToolDefinitions.Define(
        "list_categories",
        "List the categories",
        "Gives all categories of the catalogue with the number of products in and below each, as search_catalog takes them in its filter.");

    public async ValueTask<CallToolResult> CallAsync(IDictionary<string, JsonElement>? arguments, CancellationToken cancellationToken)
    {
        var faults = new List<ToolMessage>();
        ArgumentObject.Root(arguments, faults).Allow("catalog", "meta").Object("catalog").Allow("context", "signals");
        if (faults.Count > 0)
        {
            return ToolResults.Refuse(faults, json => ProductJson.WriteValues(json, "categories", []));
        }

        var categories = await index.CategoriesAsync(cancellationToken);
        var text = string.Join('\n', categories.Select(category => $"- {category.Value} ({category.Count})"));
        return ToolResults.Answer(text.Length == 0 ? "The catalogue has no categories." : text, [], json => ProductJson.WriteValues(json, "categories", categories));
    }
}
