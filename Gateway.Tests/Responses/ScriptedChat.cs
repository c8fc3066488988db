using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Gateway.Tests.Schemas;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Responses;

/// <summary>The gateway in front of an upstream that answers chat completions as it is told, and keeps what it was asked.</summary>
internal sealed class ScriptedChat : IAsyncDisposable
{
    private ScriptedChat(ScriptedUpstream upstream, GatewayHost gateway, HttpClient caller, ConcurrentQueue<JsonObject> requests) =>
        (Upstream, Gateway, Caller, Requests) = (upstream, gateway, caller, requests);

    public ScriptedUpstream Upstream { get; }

    public GatewayHost Gateway { get; }

    public HttpClient Caller { get; }

    /// <summary>The chat requests that came, in their order.</summary>
    public ConcurrentQueue<JsonObject> Requests { get; }

    /// <param name="answer">Answers a chat request.</param>
    /// <param name="settings">Settings of the gateway.</param>
    public static async Task<ScriptedChat> StartAsync(Func<HttpContext, Task> answer, params (string Key, string Value)[] settings)
    {
        var requests = new ConcurrentQueue<JsonObject>();
        var upstream = await ScriptedUpstream.StartAsync(async http =>
        {
            requests.Enqueue((await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted))!.AsObject());
            await answer(http);
        });
        var gateway = await GatewayHost.StartAsync(upstream, settings);
        return new ScriptedChat(upstream, gateway, await gateway.CallerClientAsync(), requests);
    }

    /// <summary>Answers with one message.</summary>
    public static Func<HttpContext, Task> Says(string text) =>
        Reply($$$"""{"id":"c1","object":"chat.completion","created":1,"model":"m-1","choices":[{"index":0,"message":{"role":"assistant","content":"{{{text}}}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9}}""");

    public static Func<HttpContext, Task> Reply(string json) => http =>
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(json, http.RequestAborted);
    };

    /// <summary>Answers with chunks and <c>[DONE]</c>; a chunk that is null ends the stream without it.</summary>
    public static Func<HttpContext, Task> Stream(params string?[] chunks) => async http =>
    {
        http.Response.ContentType = "text/event-stream";
        foreach (var chunk in chunks)
        {
            if (chunk is null)
            {
                return;
            }

            await http.Response.WriteAsync($"data: {chunk}\n\n", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }

        await http.Response.WriteAsync("data: [DONE]\n\n", http.RequestAborted);
    };

    public Task<HttpResponseMessage> PostAsync(string body, string path = "/v1/responses") =>
        Caller.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

    /// <summary>Creates a response, which must go well.</summary>
    /// <param name="fields">Beside the model, as JSON: <c>"input":"Hi"</c>.</param>
    public async Task<JsonObject> CreateAsync(string fields)
    {
        using var response = await PostAsync($$"""{"model":"phi-3-mini",{{fields}}}""");
        return await ResponseOf(response);
    }

    public async Task<IReadOnlyList<JsonObject>> StreamAsync(string fields)
    {
        using var response = await PostAsync($$"""{"model":"phi-3-mini","stream":true,{{fields}}}""");
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return ResponseStreams.ShouldBeResponseStream(body);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => Caller.GetAsync(path, TestContext.Current.CancellationToken);

    public static async Task<JsonObject> ResponseOf(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return ResponseSchemas.ShouldBeResponse(body);
    }

    public static async Task<JsonNode> ErrorOf(HttpResponseMessage response, HttpStatusCode status)
    {
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(status, body);
        return OpenAISchemas.ShouldBeError(body)["error"]!;
    }

    public async ValueTask DisposeAsync()
    {
        Caller.Dispose();
        await Gateway.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}
