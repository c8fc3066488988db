using Gateway.Api.Caching;
using Gateway.Api.Grouping;
using Gateway.Api.Limits;
using Gateway.Api.Metering.Journal;
using Gateway.Api.Routing;
using Gateway.Api.Tools.Calls;

namespace Gateway.Api.Telemetry;

internal static class TelemetryExtensions
{
    public static void AddMetricsAndSpans(this IServiceCollection services)
    {
        services.AddSingleton<GatewayMetrics>();
        services.AddSingleton<RequestMetrics>();
        services.AddSingleton<ContentLog>();
    }

    /// <summary>Has every instrument there from the start: one that came with its first count would have no rate before.</summary>
    public static void BeginMeasuring(this WebApplication app)
    {
        app.Services.GetRequiredService<GatewayMetrics>();
        app.Services.GetRequiredService<RequestMetrics>();
        app.Services.GetRequiredService<LimitMetrics>();
        app.Services.GetRequiredService<CacheMetrics>();
        app.Services.GetRequiredService<GroupingMetrics>();
        app.Services.GetService<JournalMetrics>();
        app.Services.GetRequiredService<TargetMetrics>();
        app.Services.GetRequiredService<ToolMetrics>();
    }
}
