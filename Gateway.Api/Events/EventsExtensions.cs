namespace Gateway.Api.Events;

internal static class EventsExtensions
{
    public static void AddEvents(this IServiceCollection services)
    {
        services.AddSingleton<GatewayWatch>();
        services.AddSingleton<AlertWatch>();
        services.AddSingleton<AdminEvents>();
        services.AddHostedService(provider => provider.GetRequiredService<AdminEvents>());
    }
}
