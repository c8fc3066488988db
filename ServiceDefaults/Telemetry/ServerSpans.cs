using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ServiceDefaults.Telemetry;

/// <summary>
/// Names the span of each request, which ASP.NET leaves without a word on it, by its method and route, never by its path or query: they are the caller's
/// (https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server). Where the trace of a request that failed or was slow is not exported, this one span is.
/// </summary>
internal sealed class ServerSpans(TraceSampling sampling, TimeProvider time) : IStartupFilter
{
    private const string ErrorType = "error.type";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, rest) =>
        {
            var (span, began) = (Activity.Current, time.GetTimestamp());
            try
            {
                await rest(context);
            }
            finally
            {
                if (span is not null)
                {
                    End(span, context, began);
                }
            }
        });
        next(app);
    };

    private void End(Activity span, HttpContext context, long began)
    {
        var status = context.Response.StatusCode;
        if (status >= StatusCodes.Status500InternalServerError && span.Status != ActivityStatusCode.Error)
        {
            span.SetStatus(ActivityStatusCode.Error).SetTag(ErrorType, status.ToString(CultureInfo.InvariantCulture));
        }

        if (!span.Recorded && sampling.KeepsFailures && (span.Status == ActivityStatusCode.Error || time.GetElapsedTime(began) >= sampling.Slow))
        {
            span.IsAllDataRequested = true;
            span.ActivityTraceFlags |= ActivityTraceFlags.Recorded;
        }

        if (span.IsAllDataRequested)
        {
            Tell(span, context, status);
        }
    }

    private static void Tell(Activity span, HttpContext context, int status)
    {
        var method = IsKnown(context.Request.Method) ? context.Request.Method : "_OTHER";
        span.SetTag("http.request.method", method).SetTag("url.scheme", context.Request.Scheme).SetTag("http.response.status_code", status);
        span.DisplayName = method;
        if ((context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } route)
        {
            span.DisplayName = $"{method} {route}";
            span.SetTag("http.route", route);
        }
    }

    private static bool IsKnown(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || HttpMethods.IsPatch(method) || HttpMethods.IsDelete(method)
        || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
}
