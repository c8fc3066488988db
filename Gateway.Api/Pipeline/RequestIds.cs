using System.Globalization;

namespace Gateway.Api.Pipeline;

/// <summary>Gives every request an id, the caller's own where it sent a usable one, and every reply the time it took.</summary>
internal static class RequestIds
{
    public const string Header = "x-request-id";

    private const string ProcessingTime = "openai-processing-ms";

    private const int MaxLength = 128;

    public static void UseRequestIds(this WebApplication app)
    {
        var time = app.Services.GetRequiredService<TimeProvider>();
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(RequestIds));
        app.Use(async (context, next) =>
        {
            var started = time.GetTimestamp();
            var sent = context.Request.Headers[Header].ToString();
            var id = IsUsable(sent) ? sent : $"req_{Guid.CreateVersion7(time.GetUtcNow()):N}";
            context.TraceIdentifier = id;
            context.Response.OnStarting(() =>
            {
                context.Response.Headers[Header] = id;
                context.Response.Headers[ProcessingTime] = ((long)time.GetElapsedTime(started).TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
                return Task.CompletedTask;
            });
            using (logger.BeginScope(new KeyValuePair<string, object?>[] { new("RequestId", id) }))
            {
                await next(context);
            }
        });
    }

    // It goes into headers and logs: visible ASCII, and not for ever.
    private static bool IsUsable(string id) => id.Length is > 0 and <= MaxLength && !id.AsSpan().ContainsAnyExceptInRange('!', '~');
}
