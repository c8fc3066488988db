using System.Net;
using System.Net.Http.Headers;
using Demo.Web.Visitors;
using Yarp.ReverseProxy.Forwarder;

namespace Demo.Web.Proxy;

/// <summary>One call of a page on its way to the gateway: whose key it carries, and whose address.</summary>
/// <param name="demoKey">What keys are lent from.</param>
/// <param name="lent">The demo key, where this visitor is lent it.</param>
internal sealed class Visit(DemoKey demoKey, string? lent) : HttpTransformer
{
    private const string ForwardedFor = "X-Forwarded-For";

    /// <summary>What a visitor's browser may claim of the network is not passed on, nor is what is between it and this server.</summary>
    private static readonly string[] Withheld = ["Cookie", "Forwarded", ForwardedFor, "X-Forwarded-Host", "X-Forwarded-Proto"];

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

        if (lent is not null)
        {
            headers.Authorization = new AuthenticationHeaderValue("Bearer", lent);
        }
    }

    public override ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (lent is not null && proxyResponse?.StatusCode == HttpStatusCode.Unauthorized)
        {
            DemoKeyWasRefused = true;
            demoKey.Refuse(lent);
            return new(false);
        }

        return base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
    }
}
