using Demo.Web.Visitors;
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
        var visit = new Visit(http.Request, demoKey);
        var error = await forwarder.SendAsync(http, gateway.Address.AbsoluteUri, gateway.Http, Config, visit, CancellationToken.None);
        if (http.Response.HasStarted || http.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        if (visit.DemoKeyWasRefused)
        {
            Refuse(http.Response, StatusCodes.Status503ServiceUnavailable, "The demo has to sign in to the gateway again. Try it once more in a moment.", "demo_key_renewed");
        }
        else if (error != ForwarderError.None)
        {
            Refuse(http.Response, StatusCodes.Status503ServiceUnavailable, "The gateway does not answer.", "gateway_unreachable");
        }
    }

    private static void Refuse(HttpResponse response, int status, string message, string code)
    {
        response.Clear();
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.Headers.RetryAfter = RetryAfterSeconds;
        ErrorBody.Write(response.BodyWriter, message, "server_error", param: null, code);
    }
}
