using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cost.Worker.Alerts.Sinks;

/// <summary>Posts a message as Slack's incoming webhooks take it, and what is compatible with them: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks.</summary>
internal sealed class SlackSink(Uri address, bool allowPrivate) : IAlertSink, IDisposable
{
    private readonly AlertHttp _http = new(allowPrivate);

    public async Task SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["text"] = $"*{Escape(message.Title())}*\n{Escape(message.Text())}" };
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        await _http.PostAsync(request, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    // The three characters that make links and mentions in it.
    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
