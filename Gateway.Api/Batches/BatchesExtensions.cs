using Gateway.Api.Batches.Lines;
using Gateway.Api.Batches.Runs;
using Gateway.Api.Batches.Storage;
using Gateway.Api.Endpoints.Batches;
using ServiceDefaults.Redis;

namespace Gateway.Api.Batches;

internal static class BatchesExtensions
{
    /// <summary>Batches are kept in Redis where one is configured, so that replicas share them; else on disk.</summary>
    public static void AddBatches(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        if (builder.Configuration.HasRedis())
        {
            services.AddSingleton<IBatchStore, RedisBatches>();
        }
        else
        {
            services.AddSingleton<IBatchStore, DiskBatches>();
        }

        services.AddSingleton<BatchInput>();
        services.AddSingleton<BatchValidation>();
        services.AddSingleton<BatchLines>();
        services.AddSingleton<BatchOutput>();
        services.AddSingleton<BatchWork>();
        services.AddSingleton<BatchOwner>();
        services.AddSingleton<LineCall>();
        services.AddSingleton<BatchCancellation>();
        services.AddSingleton<BatchRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<BatchRunner>());
    }
}
