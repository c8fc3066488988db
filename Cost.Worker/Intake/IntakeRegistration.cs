using Cost.Worker.Configuration;
using ServiceDefaults.Redis;

namespace Cost.Worker.Intake;

internal static class IntakeRegistration
{
    /// <summary>Takes usage in from Redis where one is configured.</summary>
    public static void AddIntake(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IntakeState>();
        if (!builder.TryAddRedis())
        {
            services.AddHostedService<NoIntake>();
            return;
        }

        services.AddSingleton<IntakeMetrics>();
        services.AddSingleton(provider => new Quarantine(DataDirectory.Of(builder.Configuration), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<Quarantine>>()));
        services.AddSingleton<RoundPlanner>();
        services.AddSingleton<UsageQueue>();
        services.AddHostedService<UsageIntake>();
        services.AddHealthChecks().AddCheck<RedisHealthCheck>(IntakeTrouble.Redis).AddCheck<LedgerHealthCheck>(IntakeTrouble.Ledger);
    }
}
