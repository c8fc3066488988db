using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Gateway.Tests.Schemas;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Tools;

/// <summary>The gateway between MCP servers and a model that says, round after round, what the test tells it to; keeps what the model was asked.</summary>
internal sealed class ToolChat : IAsyncDisposable
{
    public const string Products = """{"type":"mcp","server_label":"products","server_url":"gateway/mcp/products","require_approval":"never"}""";

    public const string Search = """{"catalog":{"query":"wireless keyboard","filters":{"price":{"max":6000},"available":true}}}""";

    private readonly ScriptedUpstream? _upstream;
    private readonly string? _requestId;

    private ToolChat(ScriptedUpstream? upstream, GatewayHost gateway, HttpClient caller, ConcurrentQueue<JsonObject> requests, string? requestId = null) =>
        (_upstream, Gateway, Caller, Requests, _requestId) = (upstream, gateway, caller, requests, requestId);

    public GatewayHost Gateway { get; }

    public HttpClient Caller { get; }

    /// <summary>What the model was asked, round after round.</summary>
    public ConcurrentQueue<JsonObject> Requests { get; }

    public IReadOnlyList<JsonObject> Rounds => [.. Requests];

    /// <summary>On the gateway that tests share.</summary>
    /// <param name="shared">The gateway.</param>
    /// <param name="rounds">What the model answers, the last again and again.</param>
    public static ToolChat On(ToolGateway shared, params ModelSays[] rounds)
    {
        var requests = new ConcurrentQueue<JsonObject>();
        var id = Guid.NewGuid().ToString("N");
        shared.ScriptModel(id, http => AnswerAsync(http, requests, rounds));
        return new ToolChat(upstream: null, shared.Gateway, shared.Caller, requests, id);
    }

    /// <summary>On a gateway of its own.</summary>
    /// <param name="mcp">The server that is registered as <c>products</c>.</param>
    /// <param name="rounds">What the model answers, the last again and again.</param>
    /// <param name="settings">Of the gateway.</param>
    public static async Task<ToolChat> StartAsync(Uri mcp, ModelSays[] rounds, params (string Key, string Value)[] settings)
    {
        var requests = new ConcurrentQueue<JsonObject>();
        var upstream = await ScriptedUpstream.StartAsync(http => AnswerAsync(http, requests, rounds));
        var gateway = await GatewayHost.StartAsync(upstream, [("Gateway:McpServers:products:Url", mcp.AbsoluteUri), .. settings]);
        return new ToolChat(upstream, gateway, await gateway.CallerClientAsync(), requests);
    }

    /// <param name="fields">Beside model and messages, as JSON.</param>
    public static string Body(string fields = "", string tools = Products, string model = "phi-3-mini") =>
        $$"""{"model":"{{model}}","messages":[{"role":"system","content":"You sell."},{"role":"user","content":"A wireless keyboard under 60 dollars in stock?"}],"tools":[{{tools}}]{{(fields.Length > 0 ? $",{fields}" : "")}}}""";

    public Task<HttpResponseMessage> PostAsync(string body, HttpClient? caller = null, string path = "/v1/chat/completions", bool details = false)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (_requestId is not null)
        {
            request.Headers.Add("x-request-id", _requestId);
        }

        if (details)
        {
            request.Headers.Add("x-gateway-details", "true");
        }

        return (caller ?? Caller).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>A reply that must go well.</summary>
    public async Task<JsonNode> ChatAsync(string fields = "", string tools = Products, bool details = false)
    {
        using var response = await PostAsync(Body(fields, tools), details: details);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return JsonNode.Parse(body)!;
    }

    /// <summary>The frames of a stream, comments included.</summary>
    public async Task<List<string>> StreamAsync(string fields = "", string tools = Products, bool details = false)
    {
        using var response = await PostAsync(Body($"\"stream\":true{(fields.Length > 0 ? $",{fields}" : "")}", tools), details: details);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return [.. body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)];
    }

    public static IEnumerable<JsonNode> ChunksOf(IEnumerable<string> frames) =>
        frames.Where(frame => frame.StartsWith("data: {", StringComparison.Ordinal)).Select(frame => JsonNode.Parse(frame["data: ".Length..])!);

    public static string TextOf(IEnumerable<string> frames) => string.Concat(ChunksOf(frames).Select(chunk => (string?)chunk["choices"]!.AsArray().FirstOrDefault()?["delta"]!["content"]));

    public static async Task<JsonNode> ErrorOf(HttpResponseMessage response, HttpStatusCode status)
    {
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(status, body);
        return OpenAISchemas.ShouldBeError(body)["error"]!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_upstream is not null)
        {
            Caller.Dispose();
            await Gateway.DisposeAsync();
            await _upstream.DisposeAsync();
        }
    }

    private static async Task AnswerAsync(HttpContext http, ConcurrentQueue<JsonObject> requests, ModelSays[] rounds)
    {
        var body = (await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted))!.AsObject();
        requests.Enqueue(body);
        await rounds[Math.Min(requests.Count, rounds.Length) - 1].AnswerAsync(http, isStream: (bool?)body["stream"] == true);
    }
}
