using Gateway.Tests.Products.Catalogue;
using Mcp.Products;
using Mcp.Products.Catalogue;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;
using ServiceDefaults;

namespace Gateway.Tests.Hosts;

/// <summary>The whole product server on loopback, with a small shop as its catalogue.</summary>
public sealed class ProductsHost : LoopbackHost
{
    private readonly GoodsFile _goods;

    private ProductsHost(WebApplication app, LogRecorder log, GoodsFile goods) : base(app, log) => _goods = goods;

    public Uri Endpoint => new(Address, "/mcp");

    internal IProductIndex Index => Services.GetRequiredService<IProductIndex>();

    public static Task<ProductsHost> StartAsync(params (string Key, string Value)[] settings) => StartAsync(time: null, settings);

    public static async Task<ProductsHost> StartAsync(TimeProvider? time, params (string Key, string Value)[] settings)
    {
        var goods = new GoodsFile();
        var all = new Dictionary<string, string?> { ["Catalogue:File"] = goods.Path, ["Products:Access"] = "Open" };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        var (app, log) = await StartAsync(all, builder => Add(builder, time), app => app.MapProducts());
        return new ProductsHost(app, log, goods);
    }

    /// <param name="version">The newest where none is said.</param>
    public Task<McpClient> ConnectAsync(CancellationToken cancellationToken, string? version = null) => ConnectAsync(Endpoint, key: null, cancellationToken, version);

    public static Task<McpClient> ConnectAsync(Uri endpoint, string? key, CancellationToken cancellationToken, string? version = null)
    {
        var headers = key is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["Authorization"] = $"Bearer {key}" };
        var transport = new HttpClientTransport(new HttpClientTransportOptions { Endpoint = endpoint, AdditionalHeaders = headers });
        return McpClient.CreateAsync(transport, new McpClientOptions { ProtocolVersion = version }, cancellationToken: cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _goods.Dispose();
    }

    private static void Add(WebApplicationBuilder builder, TimeProvider? time)
    {
        if (time is not null)
        {
            builder.Services.AddSingleton(time);
        }

        builder.AddServiceDefaults();
        builder.AddProducts();
    }
}
