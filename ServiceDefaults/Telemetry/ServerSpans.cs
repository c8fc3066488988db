using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ServiceDefaults.Telemetry;

/// <summary>
/// Names the span of each request, which ASP.NET leaves without a word on it, by its method and route, never by its path or query: they are the caller's
/// (https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server).
/// </summary>
internal sealed class ServerSpans : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, rest) =>
        {
            var span = Activity.Current;
            try
            {
                await rest(context);
            }
            finally
            {
                if (span is not null)
                {
                    Tell(span, context);
                }
            }
        });
        next(app);
    };

    private static void Tell(Activity span, HttpContext context)
    {
        var method = IsKnown(context.Request.Method) ? context.Request.Method : "_OTHER";
        var status = context.Response.StatusCode;
        span.SetTag("http.request.method", method).SetTag("url.scheme", context.Request.Scheme).SetTag("http.response.status_code", status);
        span.DisplayName = method;
        if ((context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } route)
        {
            span.DisplayName = $"{method} {route}";
            span.SetTag("http.route", route);
        }

        if (status >= StatusCodes.Status500InternalServerError)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    private static bool IsKnown(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || HttpMethods.IsPatch(method) || HttpMethods.IsDelete(method)
        || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
}
