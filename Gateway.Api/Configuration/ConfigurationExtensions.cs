using Gateway.Api.Configuration.Changes;
using Gateway.Api.Configuration.Parameters;
using Gateway.Api.Routing;
using Microsoft.Extensions.Options;
using ServiceDefaults.Redis;

namespace Gateway.Api.Configuration;

internal static class ConfigurationExtensions
{
    private const string FileKey = "Configuration:File";

    /// <summary>Reads gateway.json, beside the app where nothing else is said, below every other source, so that the environment and arguments override it.</summary>
    /// <exception cref="OptionsValidationException">There is no such file.</exception>
    public static void AddLiveConfiguration(this WebApplicationBuilder builder)
    {
        var path = builder.Configuration[FileKey] is { Length: > 0 } configured ? Path.GetFullPath(configured) : Path.Combine(AppContext.BaseDirectory, "gateway.json");
        if (!File.Exists(path))
        {
            throw new OptionsValidationException(GatewayOptions.Section, typeof(GatewayOptions), [$"{FileKey} is '{path}'; there is no such file."]);
        }

        var file = new GatewayFileSource { Path = path, Optional = false, ReloadOnChange = true };
        file.ResolveFileProvider();
        builder.Configuration.Sources.Insert(0, file);
        builder.Services.AddSingleton<LiveConfiguration>();
        builder.Services.AddSingleton<ConfigurationMetrics>();
        builder.Services.AddSingleton<ConfigurationChanges>();
        if (builder.Configuration.HasRedis())
        {
            builder.Services.AddSingleton<IConfigurationHistory, RedisConfigurationHistory>();
        }
        else
        {
            builder.Services.AddSingleton<IConfigurationHistory, FileConfigurationHistory>();
        }

        builder.AddParameterStore();
        builder.Services.AddHostedService<ConfigurationFeed>();
    }

    /// <summary>Reads the configuration before the first request, so that a fault in it ends the start and not a request.</summary>
    public static void RefuseToStartOnFaults(this WebApplication app)
    {
        app.Services.GetRequiredService<LiveConfiguration>();
        app.Services.GetRequiredService<ConfigurationMetrics>();
        app.Services.GetRequiredService<Router>();
    }
}
