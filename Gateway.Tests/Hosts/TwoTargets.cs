using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Gateway.Tests.Hosts;

/// <summary>The gateway in front of two upstreams that a test scripts: what <c>phi-3-mini</c> tries first, and what it falls back to.</summary>
public sealed class TwoTargets : IAsyncDisposable
{
    public const string Primary = "local/microsoft/Phi-3-mini-4k-instruct";
    public const string Fallback = "second/phi";
    public const string Reply = """{"id":"c1","object":"chat.completion","model":"phi","choices":[{"index":0,"message":{"role":"assistant","content":"ok"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":1}}""";
    public const string Text = """data: {"id":"c1","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}]}""" + "\n\n";
    public const string Stop = """data: {"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""" + "\n\n";
    public const string Done = "data: [DONE]\n\n";

    private readonly ScriptedUpstream _primary;
    private readonly ScriptedUpstream _fallback;
    private readonly HttpClient _caller;

    private TwoTargets(ScriptedUpstream primary, ScriptedUpstream fallback, GatewayHost gateway, HttpClient caller) =>
        (_primary, _fallback, Gateway, _caller) = (primary, fallback, gateway, caller);

    public GatewayHost Gateway { get; }

    public static async Task<TwoTargets> StartAsync(RequestDelegate primary, RequestDelegate? fallback = null, params (string Key, string Value)[] settings)
    {
        var first = await ScriptedUpstream.StartAsync(primary);
        var second = await ScriptedUpstream.StartAsync(fallback ?? AnswerAsync);
        var gateway = await GatewayHost.StartAsync(
            first,
            [
                ("Gateway:Providers:second:Type", "OpenAI"), ("Gateway:Providers:second:BaseUrl", new Uri(second.Address, "v1").AbsoluteUri),
                ("Gateway:Models:phi-3-mini:Targets:1:Provider", "second"), ("Gateway:Models:phi-3-mini:Targets:1:Model", "phi"),
                .. settings,
            ]);
        return new TwoTargets(first, second, gateway, await gateway.CallerClientAsync());
    }

    /// <summary>Answers as a sound upstream does, streamed where it is asked to.</summary>
    public static async Task AnswerAsync(HttpContext context)
    {
        var asked = await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted);
        await (asked.Contains("\"stream\":true", StringComparison.Ordinal) ? SendAsync(context, Text + Stop + Done, "text/event-stream") : SendAsync(context, Reply, "application/json"));
    }

    public static async Task SendAsync(HttpContext context, string text, string contentType = "text/event-stream")
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = contentType;
        }

        await context.Response.WriteAsync(text);
        await context.Response.Body.FlushAsync();
    }

    public static Task FailAsync(HttpContext context, int status, string body = "{}")
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    }

    /// <summary>Says nothing until it is left.</summary>
    public static Task SayNothingAsync(HttpContext context) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);

    /// <summary>Ends when the answer's head is there.</summary>
    public async Task<HttpResponseMessage> CallAsync(bool stream = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = JsonContent.Create(new { model = "phi-3-mini", stream, messages = new[] { new { role = "user", content = "x" } } }),
        };
        return await _caller.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _caller.Dispose();
        await Gateway.DisposeAsync();
        await _primary.DisposeAsync();
        await _fallback.DisposeAsync();
    }
}
