using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Benchmarks.Tools;

/// <summary>A model that calls a tool twice and then answers, and the MCP server whose tool it is; knows how long each took by itself.</summary>
internal sealed class ToolUpstream : IAsyncDisposable
{
    /// <summary>How often the model is called for an answer.</summary>
    public const int Rounds = 3;

    private const string Call = """{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"t","type":"function","function":{"name":"bench__look","arguments":"{\"query\":\"wireless keyboard\"}"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":200,"completion_tokens":20,"total_tokens":220}}""";
    private const string Answer = """{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Take the first."},"finish_reason":"stop"}],"usage":{"prompt_tokens":400,"completion_tokens":20,"total_tokens":420}}""";

    private readonly WebApplication _app;
    private readonly string _result = string.Concat(Enumerable.Range(0, 10).Select(number => $"- Keyboard {number}: 49.99 USD, in stock; Connection: Wireless; Layout: Tenkeyless [id: kb-{number}]\n"));
    private long _ticks;

    private ToolUpstream(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>What model and tool took since the last look.</summary>
    public TimeSpan TakeTime() => Stopwatch.GetElapsedTime(0, Interlocked.Exchange(ref _ticks, 0));

    public static async Task<ToolUpstream> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var upstream = new ToolUpstream(builder.Build());
        upstream._app.Run(upstream.AnswerAsync);
        await upstream._app.StartAsync();
        return upstream;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var started = Stopwatch.GetTimestamp();
        using var request = await JsonDocument.ParseAsync(http.Request.Body);
        http.Response.ContentType = "application/json";
        var body = http.Request.Path == "/mcp" ? Result(request.RootElement)
            : request.RootElement.GetProperty("messages").GetArrayLength() < 1 + (2 * (Rounds - 1)) ? Call
            : Answer;
        if (body is null)
        {
            http.Response.StatusCode = StatusCodes.Status202Accepted;
            return;
        }

        await http.Response.WriteAsync(body);
        Interlocked.Add(ref _ticks, Stopwatch.GetTimestamp() - started);
    }

    private string? Result(JsonElement request)
    {
        if (!request.TryGetProperty("id", out var id))
        {
            return null;
        }

        JsonNode? result = request.GetProperty("method").GetString() switch
        {
            "initialize" => JsonNode.Parse("""{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"bench","version":"1"}}"""),
            "tools/list" => JsonNode.Parse("""{"tools":[{"name":"look","description":"Looks","inputSchema":{"type":"object","properties":{"query":{"type":"string"}}},"annotations":{"readOnlyHint":true}}]}"""),
            "tools/call" => new JsonObject { ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = _result }) },
            _ => null,
        };
        var reply = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = JsonNode.Parse(id.GetRawText()) };
        reply[result is null ? "error" : "result"] = result ?? JsonNode.Parse("""{"code":-32601,"message":"no such method"}""");
        return reply.ToJsonString();
    }
}
