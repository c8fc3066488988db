using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Tools;

/// <summary>An MCP server of the revision of 2025-11-25, whose tools do what the test says.</summary>
internal sealed class ScriptedMcp : IAsyncDisposable
{
    public const string ReadTool = """{"name":"look","description":"Looks","inputSchema":{"type":"object","properties":{}},"annotations":{"readOnlyHint":true}}""";

    public const string WriteTool = """{"name":"order","description":"Orders","inputSchema":{"type":"object","properties":{}}}""";

    private readonly ScriptedUpstream _host;
    private int _lists;
    private int _connections;

    private ScriptedMcp(ScriptedUpstream host) => _host = host;

    public Uri Endpoint => new(_host.Address, "/mcp");

    /// <summary>How often its tools were asked for.</summary>
    public int Lists => _lists;

    /// <summary>How often somebody has connected.</summary>
    public int Connections => _connections;

    /// <param name="call">Answers a call of a tool; its parameters and the request's id come with it.</param>
    /// <param name="tools">A JSON list.</param>
    public static async Task<ScriptedMcp> StartAsync(Func<HttpContext, JsonNode, Task> call, string tools = $"[{ReadTool},{WriteTool}]")
    {
        ScriptedMcp? server = null;
        var host = await ScriptedUpstream.StartAsync(http => server!.AnswerAsync(http, call, tools));
        return server = new ScriptedMcp(host);
    }

    /// <summary>A server whose tool answers with this text.</summary>
    public static Task<ScriptedMcp> SayingAsync(string text) => StartAsync(Says(text));

    public static Func<HttpContext, JsonNode, Task> Says(string text) =>
        (http, request) => ResultAsync(http, request, new JsonObject { ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text }) });

    /// <summary>The entry of <c>tools</c> that names a server.</summary>
    public static string Tool(string server = "scripted") => $$"""{"type":"mcp","server_label":"{{server}}","require_approval":"never"}""";

    public static Task ResultAsync(HttpContext http, JsonNode request, JsonNode result)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = request["id"]!.DeepClone(), ["result"] = result }.ToJsonString(), http.RequestAborted);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task AnswerAsync(HttpContext http, Func<HttpContext, JsonNode, Task> call, string tools)
    {
        if (http.Request.Method != "POST")
        {
            http.Response.StatusCode = 405;
            return;
        }

        var request = (await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted))!;
        switch ((string?)request["method"])
        {
            case "initialize":
                Interlocked.Increment(ref _connections);
                await ResultAsync(http, request, JsonNode.Parse("""{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"scripted","version":"1"}}""")!);
                break;
            case "tools/list":
                Interlocked.Increment(ref _lists);
                await ResultAsync(http, request, new JsonObject { ["tools"] = JsonNode.Parse(tools) });
                break;
            case "tools/call":
                await call(http, request);
                break;
            case var _ when request["id"] is null:
                http.Response.StatusCode = 202;
                break;
            default:
                http.Response.ContentType = "application/json";
                await http.Response.WriteAsync($$$"""{"jsonrpc":"2.0","id":{{{request["id"]!.ToJsonString()}}},"error":{"code":-32601,"message":"no such method"}}""", http.RequestAborted);
                break;
        }
    }
}
