using System.Text;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Gateway.Tests.Messages;

/// <summary>The gateway in front of an upstream that answers chat completions as the test says, called through <c>/v1/messages</c>.</summary>
internal sealed class MessagesGateway : IAsyncDisposable
{
    public const string Model = "phi-3-mini";

    private readonly ScriptedUpstream _upstream;
    private readonly HttpClient _caller;

    private MessagesGateway(ScriptedUpstream upstream, GatewayHost gateway, HttpClient caller) => (_upstream, Gateway, _caller) = (upstream, gateway, caller);

    public GatewayHost Gateway { get; }

    /// <summary>What the upstream was sent last.</summary>
    public JsonNode? Sent { get; private set; }

    public static async Task<MessagesGateway> StartAsync(RequestDelegate script, params (string Key, string Value)[] settings)
    {
        MessagesGateway? host = null;
        var upstream = await ScriptedUpstream.StartAsync(async context =>
        {
            host!.Sent = await JsonNode.ParseAsync(context.Request.Body);
            await script(context);
        });
        var gateway = await GatewayHost.StartAsync(upstream, settings);
        return host = new MessagesGateway(upstream, gateway, await gateway.CallerClientAsync());
    }

    /// <summary>An upstream that answers with one reply, or with one stream of these chunks and <c>[DONE]</c>.</summary>
    public static Task<MessagesGateway> StartAsync(params string[] answer) =>
        StartAsync(context => answer is [var reply] ? TwoTargets.SendAsync(context, reply, "application/json") : TwoTargets.SendAsync(context, StreamOf(answer)));

    public static string StreamOf(params string[] chunks) => string.Concat(chunks.Append("[DONE]").Select(chunk => $"data: {chunk}\n\n"));

    /// <param name="fields">Fields beside model, limit and messages: <c>"a":1,"b":2</c>.</param>
    public Task<HttpResponseMessage> AskAsync(string? fields = null, string messages = Translated.Hello) =>
        PostAsync(Translated.Request(messages, fields).Replace("\"m\"", $"\"{Model}\"", StringComparison.Ordinal));

    public Task<HttpResponseMessage> PostAsync(string body, string path = "/v1/messages") =>
        _caller.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _caller.Dispose();
        await Gateway.DisposeAsync();
        await _upstream.DisposeAsync();
    }
}
