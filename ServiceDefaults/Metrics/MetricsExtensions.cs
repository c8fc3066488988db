using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using ServiceDefaults.Metrics.CloudWatch;
using ServiceDefaults.Metrics.Prometheus;
using ServiceDefaults.Telemetry;

namespace ServiceDefaults.Metrics;

/// <summary><c>GET /metrics</c>: everything the service measures, in Prometheus' text format.</summary>
public static class MetricsExtensions
{
    /// <summary>The key, among the services, of the writer that metrics in embedded metric format go to where it is not standard output.</summary>
    public const string Output = "metrics";

    internal static void AddMetrics(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(MetricsOptionsValidator.Read(builder.Configuration));
        builder.Services.AddSingleton<MetricStore>();
        var telemetry = TelemetryOptionsValidator.Read(builder.Configuration);
        builder.Services.AddSingleton(telemetry);
        if (telemetry.IsEmf)
        {
            builder.AddEmf(telemetry);
        }
    }

    private static void AddEmf(this IHostApplicationBuilder builder, TelemetryOptions telemetry)
    {
        builder.Services.TryAddKeyedSingleton(Output, Console.Out);
        builder.Services.AddSingleton<EmfExporter>();
        builder.Services.AddHostedService(services => services.GetRequiredService<EmfExporter>());
        if (telemetry.AfterEachRequest)
        {
            builder.Services.AddSingleton<IStartupFilter, ExportAfterRequests>();
        }
    }

    /// <summary>Open, unless the admin key is asked for: the caller says how its service asks for that.</summary>
    public static IEndpointConventionBuilder MapMetrics(this WebApplication app)
    {
        // Made now, it misses nothing.
        var store = app.Services.GetRequiredService<MetricStore>();
        var options = app.Services.GetRequiredService<MetricsOptions>();
        var route = app.MapGet("/metrics", context => options.Enabled ? WriteAsync(context, store) : NotFoundAsync(context)).ExcludeFromDescription();
        return options.RequireAdminKey ? route : route.AllowAnonymous();
    }

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static async Task WriteAsync(HttpContext context, MetricStore store)
    {
        var text = new PrometheusText();
        store.Collect(text.Write);
        context.Response.ContentType = PrometheusText.ContentType;
        await context.Response.WriteAsync(text.ToString(), Encoding.UTF8, context.RequestAborted);
    }
}
