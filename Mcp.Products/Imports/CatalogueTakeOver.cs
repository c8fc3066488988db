using Mcp.Products.Catalogue;
using Mcp.Products.Configuration;
using Mcp.Products.Feeds;

namespace Mcp.Products.Imports;

/// <summary>Puts the products of a feed in place of the catalogue: all of them, or none.</summary>
internal static class CatalogueTakeOver
{
    /// <exception cref="InvalidDataException">The feed cannot be read, or nothing of it can be taken.</exception>
    public static async Task RunAsync(IEnumerable<Product> products, CatalogueOptions options, IConfiguration configuration, CancellationToken cancellationToken)
    {
        if (options.UsesMemory)
        {
            CatalogueSource.Keep(DataDirectory.Of(configuration), products);
            return;
        }

        await using var index = CatalogueRegistration.Create(options, configuration);
        await index.ReplaceAsync(ReadAhead.Of(products, cancellationToken), cancellationToken);
    }
}
