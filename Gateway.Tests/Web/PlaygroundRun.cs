using Gateway.Tests.Clients;
using Gateway.Tests.Hosts;
using Xunit;

namespace Gateway.Tests.Web;

/// <summary>One run of <c>npm/run.mjs</c>: a browser, the demo site before a gateway with the simulated model and a product server, and what a scripted one would answer.</summary>
public sealed class PlaygroundRun(SimulatedGateway system) : IAsyncLifetime
{
    private NodeCases _cases = null!;

    public IEnumerable<string> Cases => _cases.Names;

    public async ValueTask InitializeAsync()
    {
        await using var products = await ProductsHost.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(system.Model, ("services:products:http:0", products.Address.AbsoluteUri));
        await using var web = await WebHost.StartAsync(gateway.Address);
        var environment = new Dictionary<string, string>
        {
            ["WEB_URL"] = web.Address.AbsoluteUri,
            ["GATEWAY_URL"] = gateway.Address.AbsoluteUri.TrimEnd('/'),
            ["GATEWAY_KEY"] = await gateway.CreateKeyAsync(),
            ["PAGES"] = Path.Combine(AppContext.BaseDirectory, "client"),
            ["SCREENSHOTS"] = Repository.PathOf("TestResults", "screenshots"),
        };
        _cases = await NodeCases.RunAsync(Repository.PathOf("Gateway.Tests", "Web", "npm"), environment);
    }

    public void ShouldHavePassed(string name) => _cases.ShouldHavePassed(name);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
