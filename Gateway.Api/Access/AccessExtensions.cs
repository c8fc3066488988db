using StackExchange.Redis;

namespace Gateway.Api.Access;

internal static class AccessExtensions
{
    private const string RedisConnection = "redis";
    private const int FirstReconnectMilliseconds = 100;
    private const int LastReconnectMilliseconds = 2000;

    public static void AddAccess(this WebApplicationBuilder builder)
    {
        builder.AddKeys();
        builder.Services.AddSingleton<BearerAuthentication>();
    }

    /// <summary>Says what the routes of a group, or one route, take.</summary>
    public static TBuilder Takes<TBuilder>(this TBuilder routes, AccessRule rule)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(new RouteAccess(rule));

    /// <summary>Whether state is shared with other replicas.</summary>
    public static bool HasRedis(this WebApplicationBuilder builder) => !string.IsNullOrEmpty(builder.Configuration.GetConnectionString(RedisConnection));

    /// <summary>Keys live in Redis where one is configured, so that replicas share them; else in a file.</summary>
    private static void AddKeys(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<KeyStore>();
        if (!builder.HasRedis())
        {
            services.AddSingleton<IKeyRepository, KeyFile>();
            services.AddHostedService<KeyLoader>();
            return;
        }

        // The health check of the client says "unavailable" without Redis; this gateway is only degraded then.
        builder.AddRedisClient(RedisConnection, settings => settings.DisableHealthChecks = true, options =>
        {
            options.BacklogPolicy = BacklogPolicy.FailFast;
            options.ReconnectRetryPolicy = new ExponentialRetry(FirstReconnectMilliseconds, LastReconnectMilliseconds);
        });
        services.AddSingleton<RedisKeys>();
        services.AddSingleton<IKeyRepository>(provider => provider.GetRequiredService<RedisKeys>());
        services.AddSingleton<RedisKeyFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<RedisKeyFeed>());
        services.AddHealthChecks().AddCheck<RedisHealthCheck>("redis");
    }
}
