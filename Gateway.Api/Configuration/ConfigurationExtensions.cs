using Gateway.Api.Routing;

namespace Gateway.Api.Configuration;

internal static class ConfigurationExtensions
{
    /// <summary>Reads gateway.json beside the app, below every other source, so that the environment and arguments override it.</summary>
    public static void AddLiveConfiguration(this WebApplicationBuilder builder)
    {
        var file = new GatewayFileSource { Path = Path.Combine(AppContext.BaseDirectory, "gateway.json"), Optional = false, ReloadOnChange = true };
        file.ResolveFileProvider();
        builder.Configuration.Sources.Insert(0, file);
        builder.Services.AddSingleton<LiveConfiguration>();
    }

    /// <summary>Reads the configuration before the first request, so that a fault in it ends the start and not a request.</summary>
    public static void RefuseToStartOnFaults(this WebApplication app)
    {
        app.Services.GetRequiredService<LiveConfiguration>();
        app.Services.GetRequiredService<Router>();
    }
}
