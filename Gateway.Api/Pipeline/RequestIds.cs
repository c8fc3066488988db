using System.Globalization;
using ServiceDefaults.Correlation;

namespace Gateway.Api.Pipeline;

/// <summary>Gives every request an id, the caller's own where it sent a usable one, and every reply the time it took.</summary>
internal static class RequestIds
{
    public const string Header = RequestId.Header;

    private const string ProcessingTime = "openai-processing-ms";

    public static void Begin(HttpContext context, TimeProvider time)
    {
        context.TraceIdentifier = RequestId.Of(context.Request);
        context.Response.OnStarting(WriteHeaders, (context.Response, time, time.GetTimestamp()));
    }

    private static Task WriteHeaders(object state)
    {
        var (response, time, started) = ((HttpResponse, TimeProvider, long))state;
        response.Headers[Header] = response.HttpContext.TraceIdentifier;
        response.Headers[ProcessingTime] = ((long)time.GetElapsedTime(started).TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }
}
