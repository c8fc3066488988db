using Gateway.Tests.Clients;
using Gateway.Tests.Hosts;
using Xunit;

namespace Gateway.Tests.Web;

/// <summary>One run of <c>npm/run.mjs</c>: a browser, the demo site before the simulated gateway, and what a scripted one would answer.</summary>
public sealed class PlaygroundRun(SimulatedGateway system) : IAsyncLifetime
{
    private NodeCases _cases = null!;

    public IEnumerable<string> Cases => _cases.Names;

    public async ValueTask InitializeAsync()
    {
        await using var web = await WebHost.StartAsync(system.Gateway.Address);
        var environment = new Dictionary<string, string>
        {
            ["WEB_URL"] = web.Address.AbsoluteUri,
            ["GATEWAY_URL"] = system.Gateway.Address.AbsoluteUri.TrimEnd('/'),
            ["GATEWAY_KEY"] = system.Key,
            ["PAGES"] = Path.Combine(AppContext.BaseDirectory, "client"),
            ["SCREENSHOTS"] = Repository.PathOf("TestResults", "screenshots"),
        };
        _cases = await NodeCases.RunAsync(Repository.PathOf("Gateway.Tests", "Web", "npm"), environment);
    }

    public void ShouldHavePassed(string name) => _cases.ShouldHavePassed(name);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
