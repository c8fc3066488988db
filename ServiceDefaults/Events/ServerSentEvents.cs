using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ServiceDefaults.Events;

/// <summary>Sends what a subscription gets as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html), until the client leaves or the service stops.</summary>
public static class ServerSentEvents
{
    public const string ContentType = "text/event-stream";

    private const string LastEventIdHeader = "Last-Event-ID";
    private const string LastEventIdParameter = "last_event_id";

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly StreamEvent Reset = new(null, "reset", "{}"u8.ToArray());

    /// <summary>What the client saw last; null where it comes for the first time.</summary>
    public static string? LastIdOf(HttpRequest request) =>
        request.Headers[LastEventIdHeader].FirstOrDefault() is { Length: > 0 } sent ? sent
        : request.Query[LastEventIdParameter].FirstOrDefault() is { Length: > 0 } asked ? asked
        : null;

    /// <param name="http">The client's request.</param>
    /// <param name="subscription">What it is told of.</param>
    /// <param name="show">How one of them is sent.</param>
    /// <param name="first">What it is told before all others.</param>
    public static async Task WriteAsync<T>(HttpContext http, EventSubscription<T> subscription, Func<T, StreamEvent> show, TimeProvider time, params IEnumerable<StreamEvent> first)
    {
        // A stream has no end of its own: it must not hold up one who stops the service.
        var stopping = http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        http.Response.ContentType = ContentType;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            var output = http.Response.BodyWriter;
            foreach (var one in (subscription.IsReset ? [Reset] : Array.Empty<StreamEvent>()).Concat(first).Concat(subscription.Since.Select(show)))
            {
                Write(output, one);
            }

            await output.FlushAsync(end.Token);
            while (await WaitAsync(output, subscription, time, end.Token))
            {
                if (subscription.TakeDropped() is > 0 and var dropped)
                {
                    Write(output, new StreamEvent(null, "missed", Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"count":{{dropped}}}"""))));
                }

                while (subscription.Reader.TryRead(out var item))
                {
                    Write(output, show(item));
                }

                await output.FlushAsync(end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The client left, or the service stops.
        }
    }

    private static async Task<bool> WaitAsync<T>(PipeWriter output, EventSubscription<T> subscription, TimeProvider time, CancellationToken cancellationToken)
    {
        var ready = subscription.Reader.WaitToReadAsync(cancellationToken).AsTask();
        while (true)
        {
            try
            {
                return await ready.WaitAsync(Heartbeat, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                output.Write(": heartbeat\n\n"u8);
                await output.FlushAsync(cancellationToken);
            }
        }
    }

    private static void Write(PipeWriter output, StreamEvent one)
    {
        output.Write(Encoding.UTF8.GetBytes(one.Id is null ? $"event: {one.Name}\ndata: " : $"id: {one.Id}\nevent: {one.Name}\ndata: "));
        output.Write(one.Data.Span);
        output.Write("\n\n"u8);
    }
}
