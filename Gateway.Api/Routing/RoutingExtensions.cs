using Gateway.Api.Routing.Policies;
using Gateway.Api.Serverless;
using StackExchange.Redis;

namespace Gateway.Api.Routing;

internal static class RoutingExtensions
{
    public static void AddModelRouting(this IServiceCollection services)
    {
        services.AddSingleton(Random.Shared);
        services.AddSingleton<ExpectedCost>();
        services.AddSingleton<PolicyFactory>();
        services.AddSingleton<Router>();
        services.AddSingleton<TargetMetrics>();
        services.AddSingleton(provider => new SharedCircuits(
            provider.GetRequiredService<IConfiguration>().IsServerless() ? provider.GetService<IConnectionMultiplexer>() : null,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SharedCircuits>>()));
        services.AddHostedService<HealthProbes>();
        services.AddSingleton<RecentAttempts>();
        services.AddHostedService(provider => provider.GetRequiredService<RecentAttempts>());
    }
}
