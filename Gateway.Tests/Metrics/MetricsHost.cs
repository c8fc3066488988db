using System.Diagnostics.Metrics;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults;
using ServiceDefaults.Metrics;
using ServiceDefaults.Telemetry;

namespace Gateway.Tests.Metrics;

/// <summary>A service that has nothing but what every service has, and a meter for the test to measure with.</summary>
public sealed class MetricsHost : LoopbackHost
{
    private MetricsHost(WebApplication app, LogRecorder log) : base(app, log) =>
        Meter = Services.GetRequiredService<IMeterFactory>().Create(TelemetryNames.Gateway);

    public Meter Meter { get; }

    public static async Task<MetricsHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var all = settings.ToDictionary(setting => setting.Key, string? (setting) => setting.Value);
        var (app, log) = await StartAsync(all, builder => builder.AddServiceDefaults(), app => app.MapMetrics());
        return new MetricsHost(app, log);
    }
}
