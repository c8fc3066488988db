using Microsoft.AspNetCore.Authorization;
using StackExchange.Redis;

namespace Gateway.Api.Access;

internal static class AccessExtensions
{
    /// <summary>The policy of <c>/admin</c>.</summary>
    public const string AdministratorPolicy = "administrator";

    private const string RedisConnection = "redis";
    private const int FirstReconnectMilliseconds = 100;
    private const int LastReconnectMilliseconds = 2000;

    /// <summary>
    /// Deny by default: a route that says nothing, known or unknown, takes a key of either kind. Calling models (the default
    /// policy) takes an API key, administration the admin key.
    /// </summary>
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        builder.AddKeys();
        var services = builder.Services;
        services.AddWebEncoders();

        // The handler's base class logs each refusal twice; a guesser could fill the log with them.
        services.AddLogging(logging => logging.AddFilter(typeof(BearerAuthentication).FullName, LogLevel.Warning));

        // The core of authentication alone: AddAuthentication would bring data protection and its key files, which bearer keys do not need.
        services.AddTransient<BearerAuthentication>();
        services.AddAuthenticationCore(options =>
        {
            options.DefaultScheme = BearerAuthentication.Scheme;
            options.AddScheme<BearerAuthentication>(BearerAuthentication.Scheme, displayName: null);
        });

        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireRole(Roles.Caller).Build())
            .AddPolicy(AdministratorPolicy, policy => policy.RequireRole(Roles.Administrator));
    }

    /// <summary>Keys live in Redis where one is configured, so that replicas share them; else in a file.</summary>
    private static void AddKeys(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<KeyStore>();
        if (string.IsNullOrEmpty(builder.Configuration.GetConnectionString(RedisConnection)))
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
