using Local.Model.Behaviour;
using Local.Model.Metrics;
using Local.Model.Requests;
using Local.Model.Serving;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Local.Model.Endpoints;

/// <summary>What an operator asks a vLLM server.</summary>
internal static class Operations
{
    public static void MapOperations(this WebApplication app)
    {
        app.MapGet("/health", Health);
        app.MapGet("/metrics", (ServerMetrics metrics) => TypedResults.Text(metrics.Write(), PrometheusText.ContentType));
        app.MapGet("/version", () => TypedResults.Json(new { version = Simulation.Version }));
    }

    public static void MapUnknownUrl(this WebApplication app) => app.MapFallback("{**path}", http => ErrorReply.WriteAsync(
        http,
        new Refusal(StatusCodes.Status404NotFound, "invalid_request_error", $"Unknown request URL: {http.Request.Method} {http.Request.Path}.", null, "unknown_url")));

    private static StatusCodeHttpResult Health(BehaviourControl behaviour) =>
        TypedResults.StatusCode(behaviour.Current.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
}
