using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Batches;

/// <summary>An upstream that answers with what it was asked, and keeps count; a test may make it wait or fail.</summary>
internal sealed class BatchUpstream : IAsyncDisposable
{
    private int _underWay;
    private int _mostAtOnce;

    public ScriptedUpstream Host { get; private set; } = null!;

    /// <summary>How often each text came.</summary>
    public ConcurrentDictionary<string, int> Asked { get; } = new();

    public int MostAtOnce => _mostAtOnce;

    /// <summary>Does what has to be done before an answer; true where it has answered itself.</summary>
    public Func<HttpContext, string, Task<bool>> Before { get; set; } = (_, _) => Task.FromResult(false);

    public static async Task<BatchUpstream> StartAsync()
    {
        var upstream = new BatchUpstream();
        upstream.Host = await ScriptedUpstream.StartAsync(upstream.AnswerAsync);
        return upstream;
    }

    /// <summary>Never answers, until the caller leaves.</summary>
    public static async Task<bool> HangAsync(HttpContext http)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
        return true;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var asked = (await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted))!;
        var text = (string?)asked["messages"]?[0]!["content"] ?? "";
        Asked.AddOrUpdate(text, 1, (_, count) => count + 1);
        InterlockedMax(ref _mostAtOnce, Interlocked.Increment(ref _underWay));
        try
        {
            if (!await Before(http, text))
            {
                http.Response.ContentType = "application/json";
                await http.Response.WriteAsync(
                    $$$"""
                    {"id":"c1","object":"chat.completion","created":1,"model":"m",
                     "choices":[{"index":0,"message":{"role":"assistant","content":"You said: {{{text}}}"},"finish_reason":"stop"}],
                     "usage":{"prompt_tokens":10,"completion_tokens":4,"total_tokens":14}}
                    """,
                    http.RequestAborted);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most)
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
