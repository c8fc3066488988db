using Gateway.Api.Configuration;
using ServiceDefaults.Aws;
using ServiceDefaults.Redis;

namespace Gateway.Api.Access;

internal static class AccessExtensions
{
    // A call that takes longer than this tells the other replicas too late.
    private static readonly TimeSpan DynamoTimeout = TimeSpan.FromSeconds(5);

    public static void AddAccess(this WebApplicationBuilder builder)
    {
        var hasRedis = builder.TryAddRedis();
        if (hasRedis)
        {
            builder.Services.AddHealthChecks().AddCheck<RedisHealthCheck>("redis");
        }

        builder.AddKeys(hasRedis);
        builder.Services.AddSingleton<BearerAuthentication>();
    }

    /// <summary>Says what the routes of a group, or one route, take.</summary>
    public static TBuilder Takes<TBuilder>(this TBuilder routes, AccessRule rule)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(new RouteAccess(rule));

    // What is said here and cannot be is refused when the whole configuration is checked, before anything starts.
    private static void AddKeys(this WebApplicationBuilder builder, bool hasRedis)
    {
        builder.Services.AddSingleton<KeyStore>();
        var access = builder.Configuration.GetSection(GatewayOptions.Section).GetSection(nameof(GatewayOptions.Access));
        switch (access[nameof(AccessOptions.KeyStore)])
        {
            case KeyStores.DynamoDB:
                builder.Services.AddKeysInDynamo(access.Get<AccessOptions>()!);
                break;
            case KeyStores.Redis or null or "" when hasRedis:
                builder.Services.AddKeysInRedis();
                break;
            default:
                builder.Services.AddSingleton<IKeyRepository, KeyFile>();
                builder.Services.AddHostedService<KeyLoader>();
                break;
        }
    }

    private static void AddKeysInRedis(this IServiceCollection services)
    {
        services.AddSingleton<IKeyRepository, RedisKeys>();
        services.AddHostedService<RedisKeyFeed>();
    }

    private static void AddKeysInDynamo(this IServiceCollection services, AccessOptions access)
    {
        services.AddSingleton(provider => new DynamoTable(
            DynamoClient.Create(provider.GetRequiredService<IConfiguration>(), access.KeyServiceUrl, DynamoTimeout), access.KeyTable, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<DynamoKeys>();
        services.AddSingleton<IKeyRepository>(provider => provider.GetRequiredService<DynamoKeys>());
        services.AddSingleton<DynamoKeyFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<DynamoKeyFeed>());
        services.AddHealthChecks().AddCheck<DynamoHealthCheck>("keys");
    }
}
