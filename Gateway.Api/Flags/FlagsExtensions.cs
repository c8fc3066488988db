using ServiceDefaults.Redis;

namespace Gateway.Api.Flags;

internal static class FlagsExtensions
{
    /// <summary>What administrators switch is kept in Redis where one is configured, so that replicas share it; else in a file.</summary>
    public static void AddFlags(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<FeatureFlags>();
        if (builder.Configuration.HasRedis())
        {
            services.AddSingleton<IFlagStore, RedisFlags>();
            services.AddHostedService<RedisFlagFeed>();
        }
        else
        {
            services.AddSingleton<IFlagStore, FlagFile>();
            services.AddHostedService<FlagLoader>();
        }
    }
}
