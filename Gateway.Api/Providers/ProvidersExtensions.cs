namespace Gateway.Api.Providers;

internal static class ProvidersExtensions
{
    public static void AddProviders(this IServiceCollection services)
    {
        services.AddSingleton<ProviderRegistry>();
        services.AddSingleton<ProviderFactory>();
    }
}
