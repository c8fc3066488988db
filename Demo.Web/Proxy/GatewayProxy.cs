using Demo.Web.Visitors;
using Microsoft.AspNetCore.Http.Features;
using ServiceDefaults.Errors;
using Yarp.ReverseProxy.Forwarder;

namespace Demo.Web.Proxy;

/// <summary>Passes on to the gateway what the pages call, bytes as they come in both directions.</summary>
internal sealed class GatewayProxy(IHttpForwarder forwarder, GatewayConnection gateway, DemoKey demoKey)
{
    private const string RetryAfterSeconds = "2";

    private static readonly ForwarderRequestConfig Config = new() { ActivityTimeout = TimeSpan.FromMinutes(5) };

    public async Task ForwardAsync(HttpContext http)
    {
        // How much is too much is for the gateway to say.
        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        if (await LendAsync(http) is not { } visit)
        {
            RefuseUnreachable(http.Response);
            return;
        }

        var error = await forwarder.SendAsync(http, gateway.Address.AbsoluteUri, gateway.Http, Config, visit, CancellationToken.None);
        if (http.Response.HasStarted || http.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        if (visit.DemoKeyWasRefused)
        {
            Refuse(http.Response, "The demo has to sign in to the gateway again. Try it once more in a moment.", "demo_key_renewed");
        }
        else if (error != ForwarderError.None)
        {
            RefuseUnreachable(http.Response);
        }
    }

    // Null where the key to be lent is not there yet.
    private async ValueTask<Visit?> LendAsync(HttpContext http)
    {
        try
        {
            return new Visit(demoKey, DemoRoutes.Serves(http.Request) ? await demoKey.GetAsync(http.RequestAborted) : null);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private static void RefuseUnreachable(HttpResponse response) => Refuse(response, "The gateway does not answer.", "gateway_unreachable");

    private static void Refuse(HttpResponse response, string message, string code)
    {
        response.Clear();
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.ContentType = "application/json";
        response.Headers.RetryAfter = RetryAfterSeconds;
        ErrorBody.Write(response.BodyWriter, message, "server_error", param: null, code);
    }
}
