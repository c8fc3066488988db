using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

[assembly: AssemblyFixture(typeof(Gateway.Tests.Tools.ToolGateway))]

namespace Gateway.Tests.Tools;

/// <summary>
/// A gateway between the product server, an MCP server that a test scripts, and a model that it scripts: one for all tests that need no settings of their own. What a request's
/// model says is known by the request's id, what the server says by the <c>script</c> in the arguments of the call.
/// </summary>
public sealed class ToolGateway : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, RequestDelegate> _models = [];
    private readonly ConcurrentDictionary<string, Func<HttpContext, JsonNode, Task>> _tools = [];
    private ProductsHost _products = null!;
    private ScriptedUpstream _upstream = null!;
    private ScriptedMcp _mcp = null!;

    public GatewayHost Gateway { get; private set; } = null!;

    public HttpClient Caller { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _upstream = await ScriptedUpstream.StartAsync(http => _models[http.Request.Headers["x-request-id"].ToString()](http));
        _mcp = await ScriptedMcp.StartAsync((http, request) => _tools[(string)request["params"]!["arguments"]!["script"]!](http, request));
        Gateway = await GatewayHost.StartAsync(
            _upstream,
            ("Gateway:McpServers:scripted:Url", _mcp.Endpoint.AbsoluteUri),
            ("Gateway:McpServers:impatient:Url", _mcp.Endpoint.AbsoluteUri),
            ("Gateway:McpServers:impatient:TimeoutSeconds", "1"),
            ("Gateway:McpServers:careless:Url", _mcp.Endpoint.AbsoluteUri),
            ("Gateway:McpServers:careless:ReadOnly", "false"),
            ("Gateway:Models:automatic:ProductContext", "true"),
            ("Gateway:Models:automatic:Targets:0:Provider", "local"),
            ("Gateway:Models:automatic:Targets:0:Model", "automatic"),
            ("Gateway:Models:toolless:Targets:0:Provider", "local"),
            ("Gateway:Models:toolless:Targets:0:Model", "toolless"),
            ("Gateway:Models:toolless:Targets:0:Tools", "false"));
        _products = await ProductsHost.StartAsync(("Products:Access", "Keys"), ("Products:RequestsPerMinute", "0"), ("services:gateway:http:0", Gateway.Address.AbsoluteUri));

        // As the AppHost would say it, were both not on ports that nobody knows before.
        Gateway.Services.GetRequiredService<IConfiguration>()["services:products:http:0"] = _products.Address.AbsoluteUri;
        Caller = await Gateway.CallerClientAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Caller.Dispose();
        await Gateway.DisposeAsync();
        await _mcp.DisposeAsync();
        await _upstream.DisposeAsync();
        await _products.DisposeAsync();
    }

    internal void ScriptModel(string requestId, RequestDelegate model) => _models[requestId] = model;

    /// <summary>Has the tool <c>look</c> answer so; returns the arguments to call it with.</summary>
    internal string ScriptTool(Func<HttpContext, JsonNode, Task> tool)
    {
        var script = Guid.NewGuid().ToString("N");
        _tools[script] = tool;
        return $$"""{"script":"{{script}}"}""";
    }
}
