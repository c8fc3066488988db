using System.Diagnostics;
using System.Globalization;

namespace Gateway.Api.Pipeline;

/// <summary>Gives every request an id, the caller's own where it sent a usable one, and every reply the time it took.</summary>
internal static class RequestIds
{
    public const string Header = "x-request-id";

    private const string ProcessingTime = "openai-processing-ms";

    private const int MaxLength = 128;

    public static void Begin(HttpContext context, TimeProvider time)
    {
        var sent = context.Request.Headers[Header].ToString();
        context.TraceIdentifier = IsUsable(sent) ? sent : $"req_{ActivityTraceId.CreateRandom().ToHexString()}";
        context.Response.OnStarting(WriteHeaders, (context.Response, time, time.GetTimestamp()));
    }

    private static Task WriteHeaders(object state)
    {
        var (response, time, started) = ((HttpResponse, TimeProvider, long))state;
        response.Headers[Header] = response.HttpContext.TraceIdentifier;
        response.Headers[ProcessingTime] = ((long)time.GetElapsedTime(started).TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }

    // It goes into headers and logs: visible ASCII, and not for ever.
    private static bool IsUsable(string id) => id.Length is > 0 and <= MaxLength && !id.AsSpan().ContainsAnyExceptInRange('!', '~');
}
