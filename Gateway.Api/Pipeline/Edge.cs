using ServiceDefaults.Correlation;

namespace Gateway.Api.Pipeline;

/// <summary>
/// The outermost layer: an id for every request, and an OpenAI error body for every reply that would have none, be it that routing or
/// authentication ended it with a bare status or that an exception came this far.
/// </summary>
internal sealed partial class Edge(RequestDelegate next, TimeProvider time, ILogger<Edge> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        RequestIds.Begin(context, time);
        using var scope = logger.BeginScope(new RequestScope(context.TraceIdentifier, context.Request.Headers.TraceParent));
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null })
            {
                await OpenAIErrors.WriteAsync(context, OpenAIErrors.OfStatus(context));
            }
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to answer, and it is nobody's error.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            // A malformed request is the caller's fault and not logged as an error of ours.
            if (!OpenAIErrors.IsOfRequest(exception))
            {
                LogFailed(exception, context.Request.Method, context.Request.Path);
            }

            context.Response.Clear();
            await OpenAIErrors.WriteAsync(context, OpenAIErrors.OfException(exception, context));
        }
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed.")]
    private partial void LogFailed(Exception exception, string method, string path);
}
