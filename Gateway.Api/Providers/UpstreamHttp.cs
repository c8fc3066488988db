using System.Diagnostics;
using System.Net.Sockets;
using Gateway.Api.Pipeline;
using Gateway.Api.Routing;
using ServiceDefaults.Network;
using ServiceDefaults.Tls;

namespace Gateway.Api.Providers;

/// <summary>What every provider's HTTP has in common: connections, whole bodies, and what an exception means.</summary>
internal static class UpstreamHttp
{
    /// <summary>How long the last bytes of a reply may take to come, so that its connection can be used again. A longer one would keep an abandoned stream running.</summary>
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromMilliseconds(100);

    public static SocketsHttpHandler NewHandler(Uri baseUrl, TimeSpan connectTimeout, bool propagatesTrace) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = !baseUrl.IsLoopback,
        ConnectTimeout = connectTimeout,
        SslOptions = { EnabledSslProtocols = TransportSecurity.Outgoing },
        EnableMultipleHttp2Connections = true,
        ActivityHeadersPropagator = propagatesTrace ? DistributedContextPropagator.Current : null,
        ResponseDrainTimeout = DrainTimeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    /// <summary>The whole body, or null where it is longer than <paramref name="maxBytes"/>.</summary>
    public static async ValueTask<PooledBody?> ReadBodyAsync(HttpResponseMessage response, int maxBytes, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await PooledBody.ReadAsync(stream, response.Content.Headers.ContentLength, maxBytes, cancellationToken);
    }

    /// <summary>What an exception of a call says of the target; null where it says nothing, such as that the caller left.</summary>
    public static UpstreamFailure? FailureOf(Exception exception, GatewayRequest request, Target target, TimeSpan connectTimeout) => exception switch
    {
        OperationCanceledException when !request.AttemptCancelled.IsCancellationRequested => UpstreamFailure.Unreachable(target, $"no connection within {connectTimeout.TotalSeconds:0.#} s."),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } failure =>
            UpstreamFailure.Unreachable(target, $"{failure.HttpRequestError}."),
        SocketException failure => UpstreamFailure.Unreachable(target, $"{failure.SocketErrorCode}."),
        _ when exception.IsOfNetwork() => UpstreamFailure.BrokeOff(target),
        _ => null,
    };
}
