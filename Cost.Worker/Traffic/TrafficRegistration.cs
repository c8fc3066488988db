namespace Cost.Worker.Traffic;

internal static class TrafficRegistration
{
    /// <summary>What is kept in memory of the usage that comes in.</summary>
    public static void AddTraffic(this IServiceCollection services)
    {
        services.AddSingleton<UsageFeed>();
        services.AddSingleton<RecentTraffic>();
        services.AddSingleton<IUsageWatcher>(provider => provider.GetRequiredService<RecentTraffic>());
        services.AddSingleton<SpendBook>();
        services.AddSingleton<IUsageWatcher>(provider => provider.GetRequiredService<SpendBook>());
    }
}
