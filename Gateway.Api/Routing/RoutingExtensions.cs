using Gateway.Api.Routing.Policies;

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
        services.AddHostedService<HealthProbes>();
    }
}
