using Mcp.Products.Catalogue;
using Mcp.Products.Protocol;
using ServiceDefaults.Health;

namespace Mcp.Products;

/// <summary>The server's table of contents: a catalogue of products, and the protocol it is asked in.</summary>
public static class ProductsApplication
{
    public static void AddProducts(this WebApplicationBuilder builder)
    {
        builder.Services.AddCatalogue(builder.Configuration);
        builder.AddProductServer().WithHttpTransport();
    }

    public static void MapProducts(this WebApplication app)
    {
        app.MapHealth();
        app.MapMcp("/mcp");
    }
}
