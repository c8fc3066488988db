using Cost.Worker.Ledger;
using Cost.Worker.Requests;
using Cost.Worker.Traffic.Series;
using ServiceDefaults.Redis;

namespace Cost.Worker.Traffic;

internal static class TrafficRegistration
{
    /// <summary>What is kept in memory of the usage that comes in.</summary>
    public static void AddTraffic(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<UsageFeed>();
        services.AddSingleton<RecentTraffic>();
        services.AddSingleton<IUsageWatcher>(provider => provider.GetRequiredService<RecentTraffic>());
        services.AddSingleton<SpendBook>();
        services.AddSingleton<IUsageWatcher>(provider => provider.GetRequiredService<SpendBook>());
        services.AddSingleton<TrafficBook>();
        services.AddSingleton<IUsageWatcher>(provider => provider.GetRequiredService<TrafficBook>());
        var hasIntake = builder.Configuration.HasRedis();
        services.AddSingleton(provider => new RecentPast(
            provider.GetRequiredService<IUsageLedger>(), provider.GetRequiredService<TrafficBook>(), provider.GetRequiredService<RequestLog>(), hasIntake,
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<RecentPast>>()));
        services.AddSingleton<IUsageWatcher>(provider => provider.GetRequiredService<RecentPast>());
        services.AddHostedService(provider => provider.GetRequiredService<RecentPast>());
    }
}
