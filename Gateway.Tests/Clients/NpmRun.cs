using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Gateway.Tests.Hosts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Clients;

/// <summary>One run of <c>npm/run.mjs</c>, which holds all cases: node is started once, and each case is shown as a test.</summary>
public class NpmRun : IAsyncLifetime
{
    private readonly SimulatedGateway _gateway;
    private readonly SimulatedGateway _paced;
    private readonly SimulatedGateway _cut;
    private readonly Dictionary<string, CaseResult> _results = [];
    private ProductsHost _products = null!;
    private string? _failure;

    public NpmRun(SimulatedGateway gateway) : this(gateway, new PacedGateway(), new CutGateway())
    {
    }

    protected NpmRun(SimulatedGateway gateway, SimulatedGateway paced, SimulatedGateway cut) => (_gateway, _paced, _cut) = (gateway, paced, cut);

    public IEnumerable<string> Cases => _results.Keys;

    public async ValueTask InitializeAsync()
    {
        await _paced.InitializeAsync();
        await _cut.InitializeAsync();
        _products = await ProductsHost.StartAsync(("Products:Access", "Keys"), ("Products:RequestsPerMinute", "0"), ("services:gateway:http:0", _gateway.Gateway.Address.AbsoluteUri));
        _gateway.Gateway.Services.GetRequiredService<IConfiguration>()["services:products:http:0"] = _products.Address.AbsoluteUri;
        try
        {
            await RunAsync(await StartInfoAsync());
        }
        catch (Win32Exception missing)
        {
            _failure = $"node cannot be started ({missing.Message}). ./test installs it.";
        }
    }

    public void ShouldHavePassed(string name)
    {
        _failure.ShouldBeNull();
        _results.ShouldContainKey(name);
        _results[name].Ok.ShouldBeTrue(_results[name].Error);
    }

    public async ValueTask DisposeAsync()
    {
        await _products.DisposeAsync();
        await _cut.DisposeAsync();
        await _paced.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private async Task<ProcessStartInfo> StartInfoAsync()
    {
        var folder = Repository.PathOf("Gateway.Tests", "Clients", "npm");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "openai")))
        {
            _failure = $"{folder} lacks its packages. ./test installs it.";
        }

        return new ProcessStartInfo("node", ["run.mjs"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
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
            },
        };
    }

    private async Task RunAsync(ProcessStartInfo start)
    {
        if (_failure is not null)
        {
            return;
        }

        using var node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync();
        while (await node.StandardOutput.ReadLineAsync() is { } line)
        {
            var result = JsonSerializer.Deserialize<CaseResult>(line, JsonSerializerOptions.Web)!;
            _results.Add(result.Name, result);
        }

        await node.WaitForExitAsync();
        _failure = node.ExitCode == 0 ? null : $"node run.mjs ended with {node.ExitCode}: {await errors}";
    }

    private sealed record CaseResult(string Name, bool Ok, string? Error);
}
