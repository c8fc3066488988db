using Gateway.Api.Configuration;
using Gateway.Api.Pipeline;
using Microsoft.Net.Http.Headers;

namespace Gateway.Api.Cors;

/// <summary>
/// Lets pages of the configured origins call the gateway (https://fetch.spec.whatwg.org/#http-cors-protocol): answers what a browser asks
/// before a call, which carries no key, and marks every reply, errors included. ASP.NET's own middleware makes a service scope and a
/// dictionary for each request, whether it comes from a page or not.
/// </summary>
internal sealed class CrossOrigin(RequestDelegate next, LiveConfiguration configuration)
{
    private const string Methods = "GET, POST, PUT, PATCH, DELETE";
    private const string LongestPreflightSeconds = "7200";

    private static readonly PathString Admin = "/admin";

    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        if (request.Headers.Origin is not [{ } origin] || !Allows(configuration.Current.Cors, origin, request.Path))
        {
            return next(http);
        }

        if (HttpMethods.IsOptions(request.Method) && request.Headers.AccessControlRequestMethod.Count > 0)
        {
            AnswerPreflight(http, origin);
            return Task.CompletedTask;
        }

        // When the reply starts: whoever fails before that clears what was set.
        http.Response.OnStarting(MarkReply, (http.Response, origin));
        return next(http);
    }

    // A page that may call models is not thereby one that may administer: /admin wants its origin by name.
    private static bool Allows(CorsOptions cors, string origin, PathString path) =>
        cors.Origins.Contains(origin, StringComparer.Ordinal)
        || (cors.Origins.Contains(CorsOptions.AnyOrigin) && !path.StartsWithSegments(Admin));

    private static void AnswerPreflight(HttpContext http, string origin)
    {
        var headers = http.Response.Headers;
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        Name(http.Response, origin);
        headers.AccessControlAllowMethods = Methods;
        headers.AccessControlAllowHeaders = http.Request.Headers.AccessControlRequestHeaders;
        headers.AccessControlMaxAge = LongestPreflightSeconds;
    }

    private static Task MarkReply(object state)
    {
        var (response, origin) = ((HttpResponse, string))state;
        Name(response, origin);
        response.Headers.AccessControlExposeHeaders = GatewayHeaders.Exposed;
        return Task.CompletedTask;
    }

    private static void Name(HttpResponse response, string origin)
    {
        response.Headers.AccessControlAllowOrigin = origin;
        response.Headers.Append(HeaderNames.Vary, HeaderNames.Origin);
    }
}
