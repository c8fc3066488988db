using Gateway.Api.Caching.Flights;
using Gateway.Api.Caching.Semantic;
using ServiceDefaults.Redis;

namespace Gateway.Api.Caching;

internal static class CachingExtensions
{
    /// <summary>Answers are kept in memory, and in Redis too where one is configured.</summary>
    public static void AddCaching(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<CacheMetrics>();
        services.AddSingleton<MemoryAnswers>();
        if (builder.Configuration.HasRedis())
        {
            services.AddSingleton<RedisAnswers>();
        }

        services.AddSingleton<AnswerCache>();
        services.AddSingleton<SemanticIndex>();
        services.AddSingleton<QuestionEmbedder>();
        services.AddSingleton<SemanticCache>();
        services.AddSingleton<FlightRunner>();
        services.AddSingleton<SingleFlight>();
        services.AddSingleton<CacheStage>();
    }
}
