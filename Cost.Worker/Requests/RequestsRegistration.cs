using Cost.Worker.Traffic;

namespace Cost.Worker.Requests;

internal static class RequestsRegistration
{
    /// <summary>The request log: the last requests in memory, those before them in the ledger.</summary>
    public static void AddRequestLog(this IServiceCollection services)
    {
        services.AddSingleton<RequestLog>();
        services.AddSingleton<IUsageWatcher>(provider => provider.GetRequiredService<RequestLog>());
        services.AddSingleton<RequestReader>();
    }
}
