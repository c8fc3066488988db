using Gateway.Api.Limits.Shared;

namespace Gateway.Api.Limits;

internal static class LimitsExtensions
{
    private const string RedisConnection = "redis";

    /// <summary>Limits are counted in Redis where one is configured, so that replicas share them; else in this process.</summary>
    public static void AddLimits(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<ClientAddresses>();
        services.AddSingleton<LimitMetrics>();
        services.AddSingleton<LimitScopes>();
        services.AddSingleton<UsageBounds>();
        services.AddSingleton<LimitHolder>();
        services.AddSingleton<BudgetBook>();
        services.AddSingleton<CostControl>();
        services.AddSingleton<LimitStage>();
        if (string.IsNullOrEmpty(builder.Configuration.GetConnectionString(RedisConnection)))
        {
            services.AddSingleton<ILimitStore, MemoryLimits>();
            return;
        }

        services.AddSingleton<RedisLimits>();
        services.AddSingleton<ILimitStore>(provider => provider.GetRequiredService<RedisLimits>());
        services.AddHostedService<SharedLimitsMonitor>();
        services.AddHostedService<BudgetReconciliation>();
        services.AddHealthChecks().AddCheck<LimitsHealthCheck>("limits");
    }
}
