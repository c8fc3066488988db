using System.Net;
using ServiceDefaults.Network;
using ServiceDefaults.Tls;

namespace Cost.Worker.Alerts.Sinks;

/// <summary>Posts to an address that an operator chose: no redirects, no proxy, and none within a network unless that is allowed.</summary>
internal sealed class AlertHttp : IDisposable
{
    private readonly HttpClient _http;

    public AlertHttp(bool allowPrivate)
    {
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            SslOptions = { EnabledSslProtocols = TransportSecurity.Outgoing },
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = allowPrivate ? null : PublicConnection.ConnectAsync,
        };

        // Whoever sends has a deadline of its own.
        _http = new HttpClient(sockets) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <exception cref="SinkException">It was not answered by 2xx.</exception>
    public async Task PostAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                // Of all that a server may refuse these are about the message itself; the rest somebody can mend, and it is sent then.
                var isRejected = response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity;
                throw new SinkException($"it answered with HTTP {(int)response.StatusCode}.", isRejected);
            }
        }
        catch (Exception failure) when (failure.IsOfNetwork())
        {
            throw new SinkException($"it cannot be reached: {failure.Message}", inner: failure);
        }
    }

    public void Dispose() => _http.Dispose();
}
