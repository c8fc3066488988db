using Gateway.Api.Tools.Calls;
using Gateway.Api.Tools.Context;
using Gateway.Api.Tools.Offers;

namespace Gateway.Api.Tools;

internal static class ToolsExtensions
{
    public static void AddTools(this IServiceCollection services)
    {
        services.AddSingleton<ToolStage>();
        services.AddSingleton<ContextStage>();
        services.AddSingleton<ToolOffers>();
        services.AddSingleton<ToolLoop>();
        services.AddSingleton<ToolRunner>();
        services.AddSingleton<ToolMetrics>();
    }
}
