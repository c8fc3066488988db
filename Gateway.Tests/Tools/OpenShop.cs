using Gateway.Tests.Hosts;
using Xunit;

namespace Gateway.Tests.Tools;

/// <summary>The product server, for whoever asks: one for all tests that only look products up.</summary>
public sealed class OpenShop : IAsyncLifetime
{
    private ProductsHost _host = null!;

    public Uri Endpoint => _host.Endpoint;

    public async ValueTask InitializeAsync() => _host = await ProductsHost.StartAsync(("Products:RequestsPerMinute", "0"));

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
