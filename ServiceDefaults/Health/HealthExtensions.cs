using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace ServiceDefaults.Health;

/// <summary>
/// <c>/health</c> and <c>/alive</c>: the process answers. <c>/health/ready</c>: it can serve, with a word on each dependency;
/// 503 only where it cannot serve at all or is stopping.
/// </summary>
public static class HealthExtensions
{
    internal static void AddHealth(this IHostApplicationBuilder builder) =>
        builder.Services.AddHealthChecks().AddCheck<StoppingHealthCheck>("process");

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        var alive = new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteReport };
        endpoints.MapHealthChecks("/health", alive).AllowAnonymous();
        endpoints.MapHealthChecks("/alive", alive).AllowAnonymous();
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteReport }).AllowAnonymous();
    }

    // {"status":"ok","checks":{"process":"ok"}}: no descriptions, they are for the log and not for everybody.
    private static async Task WriteReport(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("status", NameOf(report.Status));
        json.WriteStartObject("checks");
        foreach (var (name, entry) in report.Entries)
        {
            json.WriteString(name, NameOf(entry.Status));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string NameOf(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "ok",
        HealthStatus.Degraded => "degraded",
        _ => "unavailable",
    };
}
