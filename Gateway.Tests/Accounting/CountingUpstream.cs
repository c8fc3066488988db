using System.Collections.Concurrent;
using System.Globalization;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.Usage;

namespace Gateway.Tests.Accounting;

/// <summary>An upstream that answers chats, whole and streamed, and keeps its own books of the tokens that each request took.</summary>
internal sealed class CountingUpstream : IAsyncDisposable
{
    private const string Finish = """{"id":"c1","object":"chat.completion.chunk","created":1795240968,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""";

    private readonly Func<string, UsageTokens> _tokensOf;
    private readonly ConcurrentDictionary<string, UsageTokens> _counted = new();
    private ScriptedUpstream _host = null!;

    private CountingUpstream(Func<string, UsageTokens> tokensOf) => _tokensOf = tokensOf;

    public Uri Address => _host.Address;

    /// <summary>What was counted, by the request's <c>x-request-id</c>.</summary>
    public IReadOnlyDictionary<string, UsageTokens> Counted => _counted;

    /// <param name="tokensOf">How many tokens a request takes, by its id.</param>
    public static async Task<CountingUpstream> StartAsync(Func<string, UsageTokens> tokensOf)
    {
        var upstream = new CountingUpstream(tokensOf);
        upstream._host = await ScriptedUpstream.StartAsync(upstream.AnswerAsync);
        return upstream;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var id = context.Request.Headers["x-request-id"].ToString();
        using var body = new StreamReader(context.Request.Body);
        var isStream = (await body.ReadToEndAsync(context.RequestAborted)).Contains("\"stream\":true", StringComparison.Ordinal);
        var tokens = _tokensOf(id);
        _counted[id] = tokens;
        var usage = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"prompt_tokens":{{tokens.Input + tokens.CachedInput}},"completion_tokens":{{tokens.Output}},"total_tokens":{{tokens.Total()}},"prompt_tokens_details":{"cached_tokens":{{tokens.CachedInput}} } }""");
        if (!isStream)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync($$"""{"id":"c1","object":"chat.completion","created":1795240968,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hi there"},"finish_reason":"stop"}],"usage":{{usage}} }""");
            return;
        }

        // Each frame on its own, so that a kill may hit between any two.
        context.Response.ContentType = "text/event-stream";
        await SendAsync(context, Text("Hi "));
        await SendAsync(context, Text("there"));
        await SendAsync(context, Finish);
        await SendAsync(context, $$"""{"id":"c1","object":"chat.completion.chunk","created":1795240968,"model":"m","choices":[],"usage":{{usage}} }""");
        await SendAsync(context, "[DONE]");
    }

    private static string Text(string text) =>
        $$"""{"id":"c1","object":"chat.completion.chunk","created":1795240968,"model":"m","choices":[{"index":0,"delta":{"content":"{{text}}"},"finish_reason":null}]}""";

    private static async Task SendAsync(HttpContext context, string data)
    {
        await context.Response.WriteAsync($"data: {data}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
