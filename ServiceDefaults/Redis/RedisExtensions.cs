using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace ServiceDefaults.Redis;

/// <summary>The Redis that the services share: <c>ConnectionStrings:redis</c>.</summary>
public static class RedisExtensions
{
    private const string ConnectionName = "redis";
    private const int FirstReconnectMilliseconds = 100;
    private const int LastReconnectMilliseconds = 2000;

    /// <summary>Whether a Redis is configured.</summary>
    public static bool HasRedis(this IConfiguration configuration) => !string.IsNullOrEmpty(configuration.GetConnectionString(ConnectionName));

    /// <summary>Registers the client where a Redis is configured; false where none is. While Redis is away calls fail at once, and it reconnects by itself.</summary>
    public static bool TryAddRedis(this IHostApplicationBuilder builder)
    {
        if (!builder.Configuration.HasRedis())
        {
            return false;
        }

        // The health check of the client says "unavailable" without Redis; a service says for itself what it still can do then.
        builder.AddRedisClient(ConnectionName, settings => settings.DisableHealthChecks = true, options =>
        {
            options.BacklogPolicy = BacklogPolicy.FailFast;
            options.ReconnectRetryPolicy = new ExponentialRetry(FirstReconnectMilliseconds, LastReconnectMilliseconds);
        });
        return true;
    }
}
