using Gateway.Api.Access.Jwt;
using Gateway.Api.Configuration;
using ServiceDefaults.Aws;
using ServiceDefaults.Redis;

namespace Gateway.Api.Access;

internal static class AccessExtensions
{
    private const int LargestHeaders = 128 * 1024;

    private static readonly TimeSpan DynamoTimeout = TimeSpan.FromSeconds(2);

    public static void AddAccess(this WebApplicationBuilder builder)
    {
        var hasRedis = builder.TryAddRedis();
        if (hasRedis)
        {
            builder.Services.AddHealthChecks().AddCheck<RedisHealthCheck>("redis");
        }

        builder.AddKeys(hasRedis);
        builder.Services.AddSingleton<BearerAuthentication>();
        builder.Services.AddSingleton<JwtAuthentication>();
        builder.Services.AddSingleton<JwtIssuers>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<JwtIssuers>());

        // A token far too long is answered as every other bad one, not by the server.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestHeadersTotalSize = LargestHeaders);
    }

    /// <summary>Says what the routes of a group, or one route, take.</summary>
    public static TBuilder Takes<TBuilder>(this TBuilder routes, AccessRule rule)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(new RouteAccess(rule));

    // What is said here and cannot be is refused when the whole configuration is checked, before anything starts.
    private static void AddKeys(this WebApplicationBuilder builder, bool hasRedis)
    {
        builder.Services.AddSingleton<KeyStore>();
        switch (builder.Configuration[$"{GatewayOptions.Section}:{nameof(GatewayOptions.Access)}:{nameof(AccessOptions.KeyStore)}"])
        {
            case KeyStores.DynamoDB:
                builder.Services.AddKeysInDynamo();
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

    private static void AddKeysInDynamo(this IServiceCollection services)
    {
        services.AddSingleton(provider =>
        {
            var access = provider.GetRequiredService<LiveConfiguration>().Current.Access;
            var client = DynamoClient.Create(provider.GetRequiredService<IConfiguration>(), access.KeyServiceUrl, DynamoTimeout);
            return new DynamoTable(client, access.KeyTable, provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<DynamoKeys>();
        services.AddSingleton<IKeyRepository>(provider => provider.GetRequiredService<DynamoKeys>());
        services.AddSingleton<DynamoKeyFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<DynamoKeyFeed>());
        services.AddHealthChecks().AddCheck<DynamoHealthCheck>("keys");
    }
}
