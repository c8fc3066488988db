using System.Text;
using Mcp.Products.Catalogue;
using Mcp.Products.Configuration;
using Mcp.Products.Tools;
using Mcp.Products.Tools.Results;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Mcp.Products.Resources;

/// <summary>The catalogue to be read: its categories, and each product by its id.</summary>
internal sealed class ProductResources(IProductIndex index, ProductsOptions options)
{
    public const string ProductTemplate = ProductPrefix + "{id}";

    private const string ProductPrefix = "product://";
    private const string Categories = "catalog://categories";
    private const string Json = "application/json";

    // What there is changes with the program only.
    private static readonly TimeSpan ListTimeToLive = TimeSpan.FromHours(1);

    public static ListResourcesResult List() => new()
    {
        Resources = [new Resource { Uri = Categories, Name = "categories", Title = "Categories", Description = "All categories of the catalogue with the number of products in and below each.", MimeType = Json }],
        TimeToLive = ListTimeToLive,
        CacheScope = CacheScope.Public,
    };

    public static ListResourceTemplatesResult ListTemplates() => new()
    {
        ResourceTemplates = [new ResourceTemplate { UriTemplate = ProductTemplate, Name = "product", Title = "Product", Description = "A product by its id, with all that is known of it.", MimeType = Json }],
        TimeToLive = ListTimeToLive,
        CacheScope = CacheScope.Public,
    };

    public static string UriOf(Product product) => ProductPrefix + Uri.EscapeDataString(product.Id);

    public static TextResourceContents ContentsOf(Product product, string uri) => Contents(uri, JsonBytes.Write(json => ProductJson.Write(json, product)));

    /// <exception cref="McpProtocolException">There is nothing at that address.</exception>
    public async ValueTask<ReadResourceResult> ReadAsync(string uri, CancellationToken cancellationToken) => new()
    {
        Contents = [uri == Categories ? await CategoriesAsync(uri, cancellationToken) : await ProductAsync(uri, cancellationToken)],
        TimeToLive = TimeSpan.FromSeconds(options.TimeToLiveSeconds),
        CacheScope = CacheScope.Public,
    };

    private async ValueTask<ResourceContents> CategoriesAsync(string uri, CancellationToken cancellationToken)
    {
        var categories = await index.CategoriesAsync(cancellationToken);
        return Contents(uri, JsonBytes.Write(json =>
        {
            json.WriteStartObject();
            ProductJson.WriteValues(json, "categories", categories);
            json.WriteEndObject();
        }));
    }

    private async ValueTask<ResourceContents> ProductAsync(string uri, CancellationToken cancellationToken)
    {
        if (!uri.StartsWith(ProductPrefix, StringComparison.Ordinal))
        {
            throw NotFound(uri, $"There is nothing at this address. There are {Categories} and {ProductTemplate}.");
        }

        var id = Uri.UnescapeDataString(uri[ProductPrefix.Length..]);
        if (id.Length is > 0 and <= ProductId.Longest)
        {
            if (await index.FindAsync([id], cancellationToken) is [var product, ..])
            {
                return ContentsOf(product, uri);
            }

            var near = await index.NearIdsAsync(id, cancellationToken);
            throw NotFound(uri, near.Count == 0 ? $"There is no product '{id}'." : $"There is no product '{id}'. Try: {string.Join(", ", near)}.");
        }

        throw NotFound(uri, $"A product's id is 1 to {ProductId.Longest} characters long.");
    }

    private static McpProtocolException NotFound(string uri, string message) => new(message, McpErrorCode.InvalidParams) { Data = { ["uri"] = uri } };

    private static TextResourceContents Contents(string uri, ReadOnlyMemory<byte> json) => new() { Uri = uri, MimeType = Json, Text = Encoding.UTF8.GetString(json.Span) };
}
