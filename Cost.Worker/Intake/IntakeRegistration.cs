using Cost.Worker.Configuration;
using StackExchange.Redis;

namespace Cost.Worker.Intake;

internal static class IntakeRegistration
{
    private const string RedisConnection = "redis";
    private const int FirstReconnectMilliseconds = 100;
    private const int LastReconnectMilliseconds = 2000;

    /// <summary>Takes usage in from Redis where one is configured.</summary>
    public static void AddIntake(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        if (string.IsNullOrEmpty(builder.Configuration.GetConnectionString(RedisConnection)))
        {
            services.AddHostedService<NoIntake>();
            return;
        }

        // The health check of the client says "unavailable" without Redis; this worker is only degraded then.
        builder.AddRedisClient(RedisConnection, settings => settings.DisableHealthChecks = true, options =>
        {
            options.BacklogPolicy = BacklogPolicy.FailFast;
            options.ReconnectRetryPolicy = new ExponentialRetry(FirstReconnectMilliseconds, LastReconnectMilliseconds);
        });
        services.AddSingleton<IntakeState>();
        services.AddSingleton(provider => new Quarantine(DataDirectory.Of(builder.Configuration), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<Quarantine>>()));
        services.AddSingleton<RoundPlanner>();
        services.AddSingleton<UsageQueue>();
        services.AddHostedService<UsageIntake>();
        services.AddHealthChecks().AddCheck<RedisHealthCheck>(IntakeTrouble.Redis).AddCheck<LedgerHealthCheck>(IntakeTrouble.Ledger);
    }
}
