using System.Globalization;
using System.Text;
using Gateway.Api.Configuration;
using Gateway.Api.Events;
using ServiceDefaults.Events;

namespace Gateway.Api.Endpoints;

/// <summary><c>GET /admin/events</c>: what changes, as it does.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/events", StreamAsync).WithTags("Events").WithName("streamEvents").WithSummary("Alerts, circuits, configuration and keys as they change, as server-sent events.");

    private static async Task StreamAsync(HttpContext http, AdminEvents events, LiveConfiguration configuration, TimeProvider time)
    {
        using var subscription = events.Subscribe(ServerSentEvents.LastIdOf(http.Request));
        var ready = string.Create(CultureInfo.InvariantCulture, $$"""{"version":{{configuration.Version?.Version ?? 0}}}""");
        await ServerSentEvents.WriteAsync(http, subscription, one => new StreamEvent(one.Id, one.Name, one.Data), time, new StreamEvent(null, "ready", Encoding.ASCII.GetBytes(ready)));
    }
}
