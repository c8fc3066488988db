using Local.Model.Behaviour;
using Local.Model.Configuration;
using Local.Model.Endpoints;
using Local.Model.Metrics;
using Local.Model.Serving;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Local.Model;

/// <summary>The simulated model server, as two calls: what it needs, and what it serves.</summary>
public static class LocalModelExtensions
{
    public static WebApplicationBuilder AddLocalModel(this WebApplicationBuilder builder)
    {
        builder.AddModelOptions();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ModelCatalogue>();
        builder.Services.AddSingleton<ApiKeyCheck>();
        builder.Services.AddSingleton<BehaviourControl>();
        builder.Services.AddSingleton<RequestLog>();
        builder.Services.AddSingleton<ServerMetrics>();
        builder.Services.AddSingleton<GenerationSender>();
        builder.Services.AddSingleton<InferenceServer>();
        builder.Services.AddHostedService<SimulationNotice>();
        return builder;
    }

    public static WebApplication MapLocalModel(this WebApplication app)
    {
        app.MapChatCompletions();
        app.MapCompletions();
        app.MapEmbeddings();
        app.MapModels();
        app.MapOperations();
        app.MapControl();
        app.MapUnknownUrl();
        return app;
    }
}
