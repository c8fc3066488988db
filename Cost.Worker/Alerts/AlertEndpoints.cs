namespace Cost.Worker.Alerts;

internal static class AlertEndpoints
{
    /// <summary><c>GET /alerts</c>: what lasts, what ended lately, and how the sinks fare.</summary>
    public static void MapAlerts(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/alerts", (AlertService alerts) => TypedResults.Json(alerts.List(), AlertJson.Default.AlertList));
}
