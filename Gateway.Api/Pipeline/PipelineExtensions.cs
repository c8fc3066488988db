using Gateway.Api.Grouping;
using Gateway.Api.Messages;
using Gateway.Api.Streaming;

namespace Gateway.Api.Pipeline;

internal static class PipelineExtensions
{
    public static void AddPipeline(this IServiceCollection services)
    {
        services.AddSingleton<RequestPipeline>();
        services.AddSingleton<Admission>();
        services.AddSingleton<UpstreamCall>();
        services.AddSingleton<Attempt>();
        services.AddSingleton<EmbeddingGroups>();
        services.AddSingleton<GroupingMetrics>();
        services.AddSingleton<StreamRelay>();
        services.AddSingleton<TokenCount>();
    }
}
