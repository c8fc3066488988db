using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Alerts;

/// <summary>Whoever is told of alerts over HTTP: answers as the test says, and keeps what it took.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly Channel<Delivery> _taken = Channel.CreateUnbounded<Delivery>();
    private readonly SemaphoreSlim _called = new(0);
    private ScriptedUpstream _server = null!;

    /// <summary>The status that every call gets; null leaves callers without an answer.</summary>
    public volatile Answer Status = new(204);

    public Uri Address => new(_server.Address, "/alerts");

    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        receiver._server = await ScriptedUpstream.StartAsync(receiver.AnswerAsync);
        return receiver;
    }

    /// <summary>Ends when it was called once more, whatever it answered.</summary>
    public Task CalledAsync(CancellationToken cancellationToken) => _called.WaitAsync(cancellationToken);

    /// <summary>The next message that it took.</summary>
    public ValueTask<Delivery> TakeAsync(CancellationToken cancellationToken) => _taken.Reader.ReadAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _called.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer);
        _called.Release();
        if (Status.Code is not { } status)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
            return;
        }

        http.Response.StatusCode = status;
        if (status < 300)
        {
            var headers = http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            await _taken.Writer.WriteAsync(new Delivery(headers, buffer.ToArray()));
        }
    }

    internal sealed record Answer(int? Code);

    internal sealed record Delivery(IReadOnlyDictionary<string, string> Headers, byte[] Body)
    {
        public string Text => Encoding.UTF8.GetString(Body);

        public JsonNode Json => JsonNode.Parse(Body)!;

        /// <summary><c>alert.raised circuit_open local/phi warning</c></summary>
        public string Summary => $"{(string)Json["event"]!} {(string)Json["alert"]!["rule"]!} {(string)Json["alert"]!["subject"]!} {(string)Json["alert"]!["severity"]!}";
    }
}
