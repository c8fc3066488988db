using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using ServiceDefaults.Health;
using ServiceDefaults.Logging;
using ServiceDefaults.Metrics;
using ServiceDefaults.Telemetry;
using ServiceDefaults.Tls;

namespace ServiceDefaults;

/// <summary>What every service of the product has in common: logs, telemetry, health and an orderly end.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>How long requests under way, streams included, may go on after the service was told to stop.</summary>
    public static readonly TimeSpan DefaultShutdownTimeout = TimeSpan.FromSeconds(30);

    // A line of HTTP ends in CR LF. Whoever stands before a service may not take a bare LF for the end of one, as a server may (https://www.rfc-editor.org/rfc/rfc9112#section-2.2),
    // and would see other headers than the service does.
    private const string NoBareLineFeeds = "Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators";

    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        AppContext.SetSwitch(NoBareLineFeeds, true);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddJsonLogs();
        builder.AddTelemetry();
        builder.AddMetrics();
        builder.AddHealth();
        builder.Services.AddTransportSecurity();
        builder.Services.Configure<HostOptions>(options =>
            options.ShutdownTimeout = builder.Configuration.GetValue("ShutdownTimeout", DefaultShutdownTimeout));
        return builder;
    }

    /// <summary>
    /// Listens on <paramref name="url"/> where nothing else says where to listen. A "Urls" entry in a settings file would
    /// win over ASPNETCORE_URLS, which the AppHost sets, so the default stands here.
    /// </summary>
    public static WebApplicationBuilder UseDefaultUrl(this WebApplicationBuilder builder, string url)
    {
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls(url);
        }

        return builder;
    }
}
