using Gateway.Api.Experiments.Tallies;
using ServiceDefaults.Redis;

namespace Gateway.Api.Experiments;

internal static class ExperimentsExtensions
{
    /// <summary>What came of experiments is counted in Redis where one is configured, so that replicas count together; else in memory.</summary>
    public static void AddExperiments(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<ExperimentStage>();
        services.AddSingleton<TallyBook>();
        services.AddHostedService(provider => provider.GetRequiredService<TallyBook>());
        if (builder.Configuration.HasRedis())
        {
            services.AddSingleton<ITallyStore, RedisTallies>();
        }
        else
        {
            services.AddSingleton<ITallyStore, MemoryTallies>();
        }
    }
}
