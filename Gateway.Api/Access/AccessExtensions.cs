using ServiceDefaults.Redis;

namespace Gateway.Api.Access;

internal static class AccessExtensions
{
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        builder.AddKeys();
        builder.Services.AddSingleton<BearerAuthentication>();
    }

    /// <summary>Says what the routes of a group, or one route, take.</summary>
    public static TBuilder Takes<TBuilder>(this TBuilder routes, AccessRule rule)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(new RouteAccess(rule));

    /// <summary>Keys live in Redis where one is configured, so that replicas share them; else in a file.</summary>
    private static void AddKeys(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<KeyStore>();
        if (!builder.TryAddRedis())
        {
            services.AddSingleton<IKeyRepository, KeyFile>();
            services.AddHostedService<KeyLoader>();
            return;
        }

        services.AddSingleton<RedisKeys>();
        services.AddSingleton<IKeyRepository>(provider => provider.GetRequiredService<RedisKeys>());
        services.AddSingleton<RedisKeyFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<RedisKeyFeed>());
        services.AddHealthChecks().AddCheck<RedisHealthCheck>("redis");
    }
}
