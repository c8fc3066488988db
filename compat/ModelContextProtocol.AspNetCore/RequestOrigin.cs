using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace ModelContextProtocol.AspNetCore;

/// <summary>
/// Keeps web pages out that had a name of their own resolve to this machine (DNS rebinding): what comes over loopback has to ask for a
/// loopback name or one that <c>AllowedHosts</c> lists, and a page that asks has to be of this machine or of the host that it asks.
/// </summary>
internal sealed class RequestOrigin(IConfiguration configuration)
{
    // Where hosts are listed the server has refused others before.
    private readonly bool _hostsAreListed = configuration["AllowedHosts"] is { Length: > 0 } listed && !listed.Split(';').Contains("*");

    public HttpError? Check(HttpContext http)
    {
        var host = http.Request.Host;
        if (!_hostsAreListed && http.Connection.LocalIpAddress is { } address && IPAddress.IsLoopback(address) && !IsLoopback(host.Host))
        {
            return Forbidden($"Host '{host.Host}' is not served here. List it in AllowedHosts if it should be.");
        }

        var origin = http.Request.Headers.Origin.ToString();
        return origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && (IsLoopback(page.Host) || IsSame(page, host)))
            ? null
            : Forbidden($"Pages of '{origin}' may not call this server.");
    }

    // The scheme is not compared: TLS may have ended before.
    private static bool IsSame(Uri page, HostString host) =>
        string.Equals(page.Host, host.Host, StringComparison.OrdinalIgnoreCase) && (host.Port is { } port ? page.Port == port : page.IsDefaultPort);

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static HttpError Forbidden(string message) => new(StatusCodes.Status403Forbidden, McpErrorCode.InvalidRequest, message);
}
