using System.Diagnostics.Metrics;
using Gateway.Tests.Hosts;
using Gateway.Tests.Ledger;
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

    public static Task<MetricsHost> StartAsync(params (string Key, string Value)[] settings) => StartAsync(TextWriter.Null, settings);

    /// <param name="output">What stands for standard output; the clock stands still.</param>
    public static async Task<MetricsHost> StartAsync(TextWriter output, params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>();
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        var (app, log) = await StartAsync(all, builder => Add(builder, output), app => app.MapMetrics());
        return new MetricsHost(app, log);
    }

    private static void Add(WebApplicationBuilder builder, TextWriter output)
    {
        builder.Services.AddKeyedSingleton(MetricsExtensions.Output, output);
        builder.Services.AddSingleton<TimeProvider>(new StoppedClock(new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero)));
        builder.AddServiceDefaults();
    }
}
