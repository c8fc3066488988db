using Gateway.Api.Responses.Background;
using Gateway.Api.Responses.Requests;
using Gateway.Api.Responses.Storage;
using ServiceDefaults.Redis;

namespace Gateway.Api.Responses;

internal static class ResponsesExtensions
{
    /// <summary>Responses are kept in Redis where one is configured, so that replicas share them; else in memory.</summary>
    public static void AddResponses(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        if (builder.Configuration.HasRedis())
        {
            services.AddSingleton<IResponseStore, RedisResponses>();
        }
        else
        {
            services.AddSingleton<IResponseStore, MemoryResponses>();
        }

        services.AddSingleton<ContextReader>();
        services.AddSingleton<ResponseKeeper>();
        services.AddSingleton<BackgroundRuns>();
        services.AddHostedService(provider => provider.GetRequiredService<BackgroundRuns>());
    }
}
