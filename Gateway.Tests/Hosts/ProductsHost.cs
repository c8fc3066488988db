using Gateway.Tests.Products.Catalogue;
using Mcp.Products;
using Mcp.Products.Catalogue;
using Mcp.Products.Catalogue.Memory;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;
using ServiceDefaults;

namespace Gateway.Tests.Hosts;

/// <summary>The whole product server on loopback, with a small shop as its catalogue.</summary>
public sealed class ProductsHost : LoopbackHost
{
    private ProductsHost(WebApplication app, LogRecorder log) : base(app, log)
    {
    }

    public Uri Endpoint => new(Address, "/mcp");

    internal IProductIndex Index => Services.GetRequiredService<IProductIndex>();

    public static async Task<ProductsHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var index = new MemoryIndex();
        await index.ReplaceAsync(Goods.All.ToAsyncEnumerable(), CancellationToken.None);
        var (app, log) = await StartAsync(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value), builder => Add(builder, index), app => app.MapProducts());
        return new ProductsHost(app, log);
    }

    /// <param name="version">The newest where none is said.</param>
    public async Task<McpClient> ConnectAsync(CancellationToken cancellationToken, string? version = null) =>
        await McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions { Endpoint = Endpoint }), new McpClientOptions { ProtocolVersion = version }, cancellationToken: cancellationToken);

    private static void Add(WebApplicationBuilder builder, IProductIndex index)
    {
        builder.AddServiceDefaults();
        builder.AddProducts();
        builder.Services.AddSingleton(index);
    }
}
