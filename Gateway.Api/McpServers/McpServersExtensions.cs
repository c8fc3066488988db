using Gateway.Api.Access;
using Gateway.Api.Configuration;
using Gateway.Api.McpServers.Clients;
using ServiceDefaults.Access;

namespace Gateway.Api.McpServers;

internal static class McpServersExtensions
{
    private static readonly ProtectedResource Products = new("/mcp/products", "Product catalogue", "products:read");

    public static void AddMcpServers(this IServiceCollection services) => services.AddSingleton<ProductsProxy>().AddSingleton<McpServerRegistry>();

    /// <summary>The product server behind the gateway's keys, and the question whose a key is, which it asks in turn.</summary>
    public static void MapMcpServers(this WebApplication app)
    {
        app.Map(Products.Path, (HttpContext http, ProductsProxy proxy) => proxy.ForwardAsync(http)).Takes(AccessRule.ApiKey).WithMetadata(Products).ExcludeFromDescription();
        Products.Map(app, () => app.Services.GetRequiredService<LiveConfiguration>().Current.Access.Jwt.Issuers.Select(issuer => issuer.Issuer).Distinct());
        app.MapCallers();
    }
}
