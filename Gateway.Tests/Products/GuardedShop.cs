using Gateway.Tests.Access.Jwt;
using Gateway.Tests.Hosts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gateway.Tests.Products;

/// <summary>A gateway and a product server that know of each other, as the AppHost starts them.</summary>
public sealed class GuardedShop : IAsyncLifetime
{
    private ScriptedUpstream _upstream = null!;

    internal ManualTime Time { get; } = new();

    internal TestIssuer Issuer { get; private set; } = null!;

    public GatewayHost Gateway { get; private set; } = null!;

    public ProductsHost Products { get; private set; } = null!;

    public Uri BehindGateway => new(Gateway.Address, "/mcp/products");

    public async ValueTask InitializeAsync()
    {
        _upstream = await ScriptedUpstream.StartAsync(_ => Task.CompletedTask);
        Issuer = await TestIssuer.StartAsync("one");
        Gateway = await GatewayHost.StartAsync(_upstream, Issuer.Settings());
        Products = await ProductsHost.StartAsync(
            Time, ("Products:Access", "Keys"), ("Products:RequestsPerMinute", "20"), ("Products:AuthorizationServers:0", TestIssuer.Name), ("services:gateway:http:0", Gateway.Address.AbsoluteUri));

        // Each has to be told the other's address, and one of them is there before the other.
        Gateway.Services.GetRequiredService<IConfiguration>()["services:products:http:0"] = Products.Address.AbsoluteUri;
    }

    public async ValueTask DisposeAsync()
    {
        await Products.DisposeAsync();
        await Gateway.DisposeAsync();
        await Issuer.DisposeAsync();
        await _upstream.DisposeAsync();
    }
}
