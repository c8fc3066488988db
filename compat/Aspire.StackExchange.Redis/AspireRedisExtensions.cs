using System.Diagnostics;
using Aspire.StackExchange.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry.Trace;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registers Redis.</summary>
public static class AspireRedisExtensions
{
    private const string SectionName = "Aspire:StackExchange:Redis";

    // The instrumentation package's, so that whoever names the source need not know which of the two it is.
    private static readonly ActivitySource Activities = new("OpenTelemetry.Instrumentation.StackExchangeRedis");

    /// <summary>
    /// Registers a singleton <see cref="IConnectionMultiplexer"/> with health check (<c>StackExchange.Redis</c>) and tracing. Where Redis cannot be reached
    /// as the host starts it goes on trying in the background.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="connectionName">The connection string's name: <c>ConnectionStrings:{connectionName}</c>.</param>
    /// <param name="configureSettings">Called after the settings were read.</param>
    /// <param name="configureOptions">Called after the connection string was read.</param>
    /// <exception cref="InvalidOperationException">When the client is made: no connection string names a server.</exception>
    public static void AddRedisClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);

        var settings = ReadSettings(builder.Configuration, connectionName);
        configureSettings?.Invoke(settings);

        builder.Services.AddSingleton<IConnectionMultiplexer>(_ => Connect(settings, connectionName, configureOptions));
        if (!settings.DisableAutoActivation)
        {
            builder.Services.AddHostedService<RedisActivator>();
        }

        if (!settings.DisableTracing)
        {
            builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddSource(Activities.Name));
        }

        if (!settings.DisableHealthChecks)
        {
            builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
                "StackExchange.Redis", services => new RedisHealthCheck(services.GetRequiredService<IConnectionMultiplexer>), failureStatus: null, tags: null));
        }
    }

    private static StackExchangeRedisSettings ReadSettings(IConfiguration configuration, string connectionName)
    {
        var settings = new StackExchangeRedisSettings();
        configuration.GetSection(SectionName).Bind(settings);
        configuration.GetSection($"{SectionName}:{connectionName}").Bind(settings);
        settings.ConnectionString = configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
        return settings;
    }

    private static ConnectionMultiplexer Connect(
        StackExchangeRedisSettings settings, string connectionName, Action<ConfigurationOptions>? configureOptions)
    {
        var options = ConfigurationOptions.Parse(settings.ConnectionString ?? "");
        if (settings.ConnectionString?.Contains("abortConnect", StringComparison.OrdinalIgnoreCase) is not true)
        {
            options.AbortOnConnectFail = false;
        }

        configureOptions?.Invoke(options);
        if (options.EndPoints.Count == 0)
        {
            throw new InvalidOperationException(
                $"No endpoints specified. Ensure a valid connection string was provided in 'ConnectionStrings:{connectionName}' or for the '{SectionName}:ConnectionString' configuration key.");
        }

        var multiplexer = ConnectionMultiplexer.Connect(options);
        multiplexer.Activities = settings.DisableTracing ? null : Activities;
        return multiplexer;
    }
}
