using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Correlation;

/// <summary>Has every log line of a request, and its reply, carry the id and the trace that it came with. The gateway, which answers callers, does so in its own way.</summary>
public sealed class Correlation(RequestDelegate next, ILogger<Correlation> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        context.TraceIdentifier = RequestId.Of(context.Request);
        context.Response.Headers[RequestId.Header] = context.TraceIdentifier;
        using var scope = logger.BeginScope(new RequestScope(context.TraceIdentifier, context.Request.Headers.TraceParent));
        await next(context);
    }
}
