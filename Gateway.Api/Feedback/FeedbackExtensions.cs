using ServiceDefaults.Redis;

namespace Gateway.Api.Feedback;

internal static class FeedbackExtensions
{
    /// <summary>Recent requests and feedback on them are kept in Redis where one is configured, so that any replica takes it; else in memory.</summary>
    public static void AddFeedback(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<FeedbackDesk>();
        services.AddSingleton<RecentRequests>();
        services.AddHostedService(provider => provider.GetRequiredService<RecentRequests>());
        if (builder.Configuration.HasRedis())
        {
            services.AddSingleton<IFeedbackStore, RedisFeedback>();
        }
        else
        {
            services.AddSingleton<IFeedbackStore, MemoryFeedback>();
        }
    }
}
