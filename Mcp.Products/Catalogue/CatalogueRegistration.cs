using Mcp.Products.Catalogue.Memory;
using Mcp.Products.Catalogue.Postgres;
using Mcp.Products.Configuration;
using ServiceDefaults.Secrets;

namespace Mcp.Products.Catalogue;

internal static class CatalogueRegistration
{
    /// <summary>The catalogue in the store that the configuration names; a fault in that ends the start and not a request.</summary>
    public static void AddCatalogue(this IServiceCollection services, IConfiguration configuration)
    {
        var options = CatalogueOptionsValidator.Read(configuration);
        services.AddSingleton(_ => Create(options, configuration));
        services.AddHostedService(provider => new CatalogueLoader(
            provider.GetRequiredService<IProductIndex>(), options, DataDirectory.Of(configuration), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<CatalogueLoader>>()));
    }

    public static IProductIndex Create(CatalogueOptions options, IConfiguration configuration) =>
        options.UsesMemory ? new MemoryIndex() : new PostgresIndex(options.ConnectionString!, SecretReference.Resolve(options.Password, configuration));
}
