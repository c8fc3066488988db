using Mcp.Products.Access;
using Mcp.Products.Catalogue;
using Mcp.Products.Configuration;
using Mcp.Products.Imports;
using Mcp.Products.Protocol;
using ServiceDefaults.Access;
using ServiceDefaults.Correlation;
using ServiceDefaults.Health;
using ServiceDefaults.Metrics;

namespace Mcp.Products;

/// <summary>The server's table of contents: a catalogue of products, who may ask for them, and the protocol it is asked in.</summary>
public static class ProductsApplication
{
    internal static readonly ProtectedResource Resource = new("/mcp", "Product catalogue", "products:read");

    public static void AddProducts(this WebApplicationBuilder builder)
    {
        builder.Services.AddCatalogue(builder.Configuration);
        builder.Services.AddSingleton<GatewayKeys>();
        builder.Services.AddSingleton(new AdminKey(builder.Configuration));
        builder.Services.AddSingleton<ClientLimit>();
        builder.Services.AddSingleton(provider => new FeedUpload(CatalogueOptionsValidator.Read(builder.Configuration), builder.Configuration, provider.GetRequiredService<TimeProvider>()));
        builder.AddProductServer().WithHttpTransport();
    }

    public static void MapProducts(this WebApplication app)
    {
        app.UseMiddleware<Correlation>();
        app.UseMiddleware<Gate>();

        // The open routes, of which metrics may be closed. Everything else takes a key.
        app.MapHealth();
        app.MapMetrics().WithMetadata(new AdminOnly());
        Resource.Map(app, () => app.Services.GetRequiredService<ProductsOptions>().AuthorizationServers);

        app.MapMcp(Resource.Path);
        app.MapImport();
    }
}
