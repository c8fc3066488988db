using Gateway.Tests.Hosts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gateway.Tests.Clients;

/// <summary>One run of <c>npm/run.mjs</c>, which holds all cases: node is started once, and each case is shown as a test.</summary>
public class NpmRun : IAsyncLifetime
{
    private readonly SimulatedGateway _gateway;
    private readonly SimulatedGateway _paced;
    private readonly SimulatedGateway _cut;
    private ProductsHost _products = null!;
    private NodeCases _cases = null!;

    public NpmRun(SimulatedGateway gateway) : this(gateway, new PacedGateway(), new CutGateway())
    {
    }

    protected NpmRun(SimulatedGateway gateway, SimulatedGateway paced, SimulatedGateway cut) => (_gateway, _paced, _cut) = (gateway, paced, cut);

    public IEnumerable<string> Cases => _cases.Names;

    public async ValueTask InitializeAsync()
    {
        await _paced.InitializeAsync();
        await _cut.InitializeAsync();
        _products = await ProductsHost.StartAsync(("Products:Access", "Keys"), ("Products:RequestsPerMinute", "0"), ("services:gateway:http:0", _gateway.Gateway.Address.AbsoluteUri));
        _gateway.Gateway.Services.GetRequiredService<IConfiguration>()["services:products:http:0"] = _products.Address.AbsoluteUri;
        _cases = await NodeCases.RunAsync(Repository.PathOf("Gateway.Tests", "Clients", "npm"), await EnvironmentAsync());
    }

    public void ShouldHavePassed(string name) => _cases.ShouldHavePassed(name);

    public async ValueTask DisposeAsync()
    {
        await _products.DisposeAsync();
        await _cut.DisposeAsync();
        await _paced.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private async Task<Dictionary<string, string>> EnvironmentAsync() => new()
    {
        ["GATEWAY_URL"] = _gateway.BaseUrl.AbsoluteUri,
        ["GATEWAY_KEY"] = _gateway.Key,
        ["CHAT_ONLY_KEY"] = await _gateway.Gateway.CreateKeyAsync(new { name = "chat only", models = new[] { SimulatedGateway.ChatModel } }),
        ["PACED_GATEWAY_URL"] = _paced.BaseUrl.AbsoluteUri,
        ["PACED_GATEWAY_KEY"] = _paced.Key,
        ["PACED_MODEL_URL"] = _paced.Model.Address.AbsoluteUri,
        ["CUT_GATEWAY_URL"] = _cut.BaseUrl.AbsoluteUri,
        ["CUT_GATEWAY_KEY"] = _cut.Key,
        ["PRODUCTS_URL"] = new Uri(_gateway.Gateway.Address, "/mcp/products").AbsoluteUri,
    };
}
