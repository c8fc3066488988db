using Mcp.Products.Catalogue;

namespace Mcp.Products.Tools;

/// <summary>Ids of products, and of their variants, which stand for their product.</summary>
internal static class ProductId
{
    public const int Longest = 200;

    public static bool Names(Product product, string id) => product.Id == id || product.Variants.Any(variant => variant.Id == id);

    public static async ValueTask<ToolMessage> NotFoundAsync(IProductIndex index, string id, string path, CancellationToken cancellationToken) =>
        ToolMessage.Error("not_found", path, $"There is no product '{id}'.", await index.NearIdsAsync(id, cancellationToken));
}
