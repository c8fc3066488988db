using System.Text;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Gateway.Tests.Caching;

/// <summary>A gateway in front of an upstream that counts its calls and answers as the test says. A token read costs 1,000 nano-dollars, one written 20,000.</summary>
internal sealed class CachedGateway : IAsyncDisposable
{
    public const string Model = "phi-3-mini";
    public const string Target = "local/microsoft/Phi-3-mini-4k-instruct";

    private ScriptedUpstream _upstream = null!;
    private int _calls;

    public GatewayHost Gateway { get; private set; } = null!;

    public HttpClient Caller { get; private set; } = null!;

    /// <summary>How often the upstream was called.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>What the upstream does; answers each call otherwise, by its number.</summary>
    public Func<HttpContext, string, int, Task> Script { get; set; } = AnswerAsync;

    public static async Task<CachedGateway> StartAsync(params (string Key, string Value)[] settings)
    {
        var cached = new CachedGateway();
        cached._upstream = await ScriptedUpstream.StartAsync(cached.RunAsync);
        cached.Gateway = await GatewayHost.StartAsync(
            cached._upstream, [($"Gateway:Prices:{Target}:Input", "1"), ($"Gateway:Prices:{Target}:Output", "20"), .. settings]);
        cached.Caller = await cached.Gateway.CallerClientAsync();
        return cached;
    }

    /// <summary>A chat of temperature 0.</summary>
    public static string Chat(string prompt = "x", bool stream = false, string more = "") =>
        $$"""{"model":"{{Model}}","temperature":0,"stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"{{prompt}}"}]{{more}}}""";

    public static string Reply(string text, string finish = "stop", string more = "") =>
        $$$"""{"id":"c1","object":"chat.completion","created":1,"model":"phi","choices":[{"index":0,"message":{"role":"assistant","content":"{{{text}}}"{{{more}}}},"finish_reason":"{{{finish}}}"}],"usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}}""";

    public static string Chunk(string text) => $$$"""data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"phi","choices":[{"index":0,"delta":{"content":"{{{text}}}"},"finish_reason":null}]}""" + "\n\n";

    public static string Finish(string reason = "stop") => $$$"""data: {"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":"{{{reason}}}"}]}""" + "\n\n";

    public const string Usage = """data: {"id":"c1","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""" + "\n\n";

    public static Task SendAsync(HttpContext context, string text, string contentType = "application/json") => TwoTargets.SendAsync(context, text, contentType);

    public static async Task StreamAsync(HttpContext context, params string[] frames)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "text/event-stream";
        }

        await context.Response.WriteAsync(string.Concat(frames));
        await context.Response.Body.FlushAsync();
    }

    public Task<HttpResponseMessage> PostAsync(string body, params (string Name, string Value)[] headers) => PostAsync(Caller, "/v1/chat/completions", body, headers);

    public static async Task<HttpResponseMessage> PostAsync(HttpClient caller, string route, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await caller.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>What the cache was to the request, and the answer.</summary>
    public async Task<(string Cache, string Body)> AskAsync(string body, params (string Name, string Value)[] headers) => await ReadAsync(await PostAsync(body, headers));

    public static async Task<(string Cache, string Body)> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return (CacheOf(response), await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    public static string CacheOf(HttpResponseMessage response) => response.Headers.TryGetValues("x-gateway-cache", out var values) ? values.Single() : "";

    public async Task<HttpClient> CallerOfAsync(string tenant, string? tier = null) => Gateway.ClientWith(await Gateway.CreateKeyAsync(new { name = "other", tenant, tier }));

    public Task SharedByAsync(int requests) => Gateway.SharedByAsync(requests);

    public async ValueTask DisposeAsync()
    {
        Caller.Dispose();
        await Gateway.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    private static Task AnswerAsync(HttpContext context, string asked, int number) =>
        context.Request.Path.Value!.EndsWith("embeddings", StringComparison.Ordinal)
            ? SendAsync(context, $$$"""{"object":"list","data":[{"object":"embedding","index":0,"embedding":[{{{number}}}]}],"model":"e","usage":{"prompt_tokens":2,"total_tokens":2}}""")
            : asked.Contains("\"stream\":true", StringComparison.Ordinal)
                ? StreamAsync(context, Chunk($"answer {number}"), Chunk("!"), Finish(), Usage, TwoTargets.Done)
                : SendAsync(context, Reply($"answer {number}"));

    private async Task RunAsync(HttpContext context)
    {
        var asked = await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted);
        await Script(context, asked, Interlocked.Increment(ref _calls));
    }
}
