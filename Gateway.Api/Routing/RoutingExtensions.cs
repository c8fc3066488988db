namespace Gateway.Api.Routing;

internal static class RoutingExtensions
{
    public static void AddModelRouting(this IServiceCollection services) => services.AddSingleton<Router>();
}
