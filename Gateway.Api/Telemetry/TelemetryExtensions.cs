namespace Gateway.Api.Telemetry;

internal static class TelemetryExtensions
{
    public static void AddMetricsAndSpans(this IServiceCollection services) => services.AddSingleton<GatewayMetrics>();
}
