using System.Net;
using System.Net.Http.Headers;
using Demo.Web.Visitors;
using Yarp.ReverseProxy.Forwarder;

namespace Demo.Web.Proxy;

/// <summary>One call of a page on its way to the gateway: whose key it carries, and whose address.</summary>
internal sealed class Visit(HttpRequest request, DemoKey demoKey) : HttpTransformer
{
    private const string ForwardedFor = "X-Forwarded-For";

    /// <summary>What a visitor's browser may claim of the network is not passed on, nor is what is between it and this server.</summary>
    private static readonly string[] Withheld = ["Cookie", "Forwarded", ForwardedFor, "X-Forwarded-Host", "X-Forwarded-Proto"];

    private readonly string? _demoKey = DemoRoutes.Serves(request) ? demoKey.Current : null;

    public bool DemoKeyWasRefused { get; private set; }

    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var headers = proxyRequest.Headers;
        foreach (var name in Withheld)
        {
            headers.Remove(name);
        }

        headers.Host = null;
        if (httpContext.Connection.RemoteIpAddress is { } visitor)
        {
            headers.TryAddWithoutValidation(ForwardedFor, visitor.ToString());
        }

        if (_demoKey is not null)
        {
            headers.Authorization = new AuthenticationHeaderValue("Bearer", _demoKey);
        }
    }

    public override ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (_demoKey is not null && proxyResponse?.StatusCode == HttpStatusCode.Unauthorized)
        {
            DemoKeyWasRefused = true;
            demoKey.Refuse(_demoKey);
            return new(false);
        }

        return base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
    }
}
