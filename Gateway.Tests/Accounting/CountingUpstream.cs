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
    private readonly ConcurrentQueue<Visit> _log = new();
    private ScriptedUpstream _host = null!;

    private CountingUpstream(Func<string, UsageTokens> tokensOf) => _tokensOf = tokensOf;

    public Uri Address => _host.Address;

    /// <summary>What was counted, by the request's <c>x-request-id</c>.</summary>
    public IReadOnlyDictionary<string, UsageTokens> Counted => _counted;

    /// <summary>What was asked here, in the order in which it came to its end.</summary>
    public IReadOnlyCollection<Visit> Log => _log;

    /// <summary>Of how many pieces an answer is, by the request's id.</summary>
    public Func<string, int> Pieces { get; set; } = _ => 2;

    /// <summary>Awaited after each piece of a stream, and before a whole answer, which is piece 0.</summary>
    public Func<string, int, CancellationToken, Task> Pause { get; set; } = (_, _, _) => Task.CompletedTask;

    /// <summary>What the whole answer to a request says.</summary>
    public string TextOf(string id) => string.Concat(Enumerable.Range(0, Pieces(id)).Select(number => PieceOf(id, number)));

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
        var begun = TimeProvider.System.GetTimestamp();
        var isServed = false;
        try
        {
            await ServeAsync(context, id);
            isServed = true;
        }
        finally
        {
            _log.Enqueue(new Visit(id, begun, TimeProvider.System.GetTimestamp(), isServed));
        }
    }

    private async Task ServeAsync(HttpContext context, string id)
    {
        using var body = new StreamReader(context.Request.Body);
        var isStream = (await body.ReadToEndAsync(context.RequestAborted)).Contains("\"stream\":true", StringComparison.Ordinal);
        var tokens = _tokensOf(id);
        _counted[id] = tokens;
        var usage = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"prompt_tokens":{{tokens.Input + tokens.CachedInput}},"completion_tokens":{{tokens.Output}},"total_tokens":{{tokens.Total()}},"prompt_tokens_details":{"cached_tokens":{{tokens.CachedInput}} } }""");
        if (!isStream)
        {
            await Pause(id, 0, context.RequestAborted);
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync($$"""{"id":"c1","object":"chat.completion","created":1795240968,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"{{TextOf(id)}}"},"finish_reason":"stop"}],"usage":{{usage}} }""");
            return;
        }

        // Each frame on its own, so that a kill may hit between any two.
        context.Response.ContentType = "text/event-stream";
        for (var number = 0; number < Pieces(id); number++)
        {
            await SendAsync(context, Text(PieceOf(id, number)));
            await Pause(id, number + 1, context.RequestAborted);
        }

        await SendAsync(context, Finish);
        await SendAsync(context, $$"""{"id":"c1","object":"chat.completion.chunk","created":1795240968,"model":"m","choices":[],"usage":{{usage}} }""");
        await SendAsync(context, "[DONE]");
    }

    private static string PieceOf(string id, int number) => string.Create(CultureInfo.InvariantCulture, $"{id}-{number} ");

    private static string Text(string text) =>
        $$"""{"id":"c1","object":"chat.completion.chunk","created":1795240968,"model":"m","choices":[{"index":0,"delta":{"content":"{{text}}"},"finish_reason":null}]}""";

    private static async Task SendAsync(HttpContext context, string data)
    {
        await context.Response.WriteAsync($"data: {data}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    /// <summary>A request at the upstream, as its own log has it; times are timestamps.</summary>
    /// <param name="IsServed">Whether the last byte of the answer was written.</param>
    public readonly record struct Visit(string Id, long Begun, long Ended, bool IsServed);
}
