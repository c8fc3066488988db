using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Limits;

/// <summary>
/// An upstream that keeps books of what it was asked for, by the <c>user</c> of each request, and answers within the request's bounds: a token for
/// each four bytes, and some part of <c>max_tokens</c>.
/// </summary>
internal sealed class BookkeepingUpstream : IAsyncDisposable
{
    private const int BytesPerToken = 4;

    private readonly ConcurrentDictionary<string, Book> _books = new();
    private ScriptedUpstream _host = null!;

    public ScriptedUpstream Host => _host;

    /// <summary>Awaited by each request before it is answered.</summary>
    public Func<Task> Pause { get; set; } = () => Task.CompletedTask;

    /// <summary>How many tokens an answer has, by how many it may have.</summary>
    public Func<int, int> Completion { get; set; } = most => Random.Shared.Next(1, most + 1);

    public static async Task<BookkeepingUpstream> StartAsync()
    {
        var upstream = new BookkeepingUpstream();
        upstream._host = await ScriptedUpstream.StartAsync(upstream.AnswerAsync);
        return upstream;
    }

    public Book BookOf(string user) => _books.GetOrAdd(user, static _ => new Book());

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var asked = JsonNode.Parse(body.ToArray())!;
        var most = (int?)asked["max_completion_tokens"] ?? (int?)asked["max_tokens"] ?? 1;
        var (prompt, completion) = ((int)body.Length / BytesPerToken, Completion(most));
        var book = BookOf((string?)asked["user"] ?? "");
        book.Begin(prompt, completion, most);
        try
        {
            await Pause();
        }
        finally
        {
            book.End();
        }

        var usage = new JsonObject { ["prompt_tokens"] = prompt, ["completion_tokens"] = completion }.ToJsonString();
        await ((bool?)asked["stream"] == true ? StreamAsync(context, usage) : WriteAsync(context, usage));
    }

    private static Task WriteAsync(HttpContext context, string usage) => TwoTargets.SendAsync(
        context,
        $$"""{"id":"c1","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"ok"},"finish_reason":"stop"}],"usage":{{usage}} }""",
        "application/json");

    private static Task StreamAsync(HttpContext context, string usage) => TwoTargets.SendAsync(
        context, $$"""{{TwoTargets.Text}}{{TwoTargets.Stop}}data: {"id":"c1","choices":[],"usage":{{usage}} }""" + $"\n\n{TwoTargets.Done}");

    /// <summary>What one user had.</summary>
    internal sealed class Book
    {
        private readonly Lock _gate = new();
        private int _underWay;

        public int Requests { get; private set; }

        public long Prompt { get; private set; }

        public long Completion { get; private set; }

        public int MostAtOnce { get; private set; }

        /// <summary>The output that the last request was allowed.</summary>
        public int LastMost { get; private set; }

        public long Tokens => Prompt + Completion;

        public void Begin(int prompt, int completion, int most)
        {
            lock (_gate)
            {
                Requests++;
                Prompt += prompt;
                Completion += completion;
                LastMost = most;
                MostAtOnce = Math.Max(MostAtOnce, ++_underWay);
            }
        }

        public void End()
        {
            lock (_gate)
            {
                _underWay--;
            }
        }
    }
}
