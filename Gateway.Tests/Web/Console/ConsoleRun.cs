using Gateway.Tests.Clients;
using Gateway.Tests.Hosts;
using Gateway.Tests.Redis;
using Xunit;

namespace Gateway.Tests.Web.Console;

/// <summary>One run of <c>npm/console/run.mjs</c>: a browser, the whole system behind the console, and what stands in for it where a case needs ten thousand keys or names that attack.</summary>
public sealed class ConsoleRun(SimulatedGateway system) : IAsyncLifetime
{
    private readonly string _ledger = Directory.CreateTempSubdirectory("gateway-console-").FullName;
    private NodeCases _cases = null!;

    public IEnumerable<string> Cases => _cases.Names;

    public async ValueTask InitializeAsync()
    {
        await using var redis = await RedisServers.StartRedisAsync();
        await using var products = await ProductsHost.StartAsync(("GATEWAY_ADMIN_KEY", GatewayHost.AdminKey));
        await using var cost = await CostHost.StartAsync(_ledger, redis.Port);
        await using var gateway = await GatewayHost.StartAsync(
            system.Model,
            ("ConnectionStrings:redis", $"127.0.0.1:{redis.Port}"),
            ("services:products:http:0", products.Address.AbsoluteUri),
            ("services:cost:http:0", cost.Address.AbsoluteUri));
        await using var web = await WebHost.StartAsync(gateway.Address);
        var environment = new Dictionary<string, string>
        {
            ["WEB_URL"] = web.Address.AbsoluteUri,
            ["ADMIN_KEY"] = GatewayHost.AdminKey,
            ["PAGES"] = Path.Combine(AppContext.BaseDirectory, "client"),
            ["SCREENSHOTS"] = Repository.PathOf("TestResults", "screenshots"),
        };
        _cases = await NodeCases.RunAsync(Repository.PathOf("Gateway.Tests", "Web", "npm"), environment, Path.Combine("console", "run.mjs"));
    }

    public void ShouldHavePassed(string name) => _cases.ShouldHavePassed(name);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_ledger, recursive: true);
        return ValueTask.CompletedTask;
    }
}
