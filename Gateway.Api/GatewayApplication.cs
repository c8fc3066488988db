using Gateway.Api.Access;
using Gateway.Api.Audit;
using Gateway.Api.Batches;
using Gateway.Api.Caching;
using Gateway.Api.Configuration;
using Gateway.Api.Cors;
using Gateway.Api.Endpoints;
using Gateway.Api.Endpoints.Batches;
using Gateway.Api.Endpoints.Budgets;
using Gateway.Api.Endpoints.Config;
using Gateway.Api.Endpoints.Experiments;
using Gateway.Api.Endpoints.Feedback;
using Gateway.Api.Endpoints.Files;
using Gateway.Api.Endpoints.Flags;
using Gateway.Api.Endpoints.Keys;
using Gateway.Api.Events;
using Gateway.Api.Experiments;
using Gateway.Api.Feedback;
using Gateway.Api.Files;
using Gateway.Api.Flags;
using Gateway.Api.Limits;
using Gateway.Api.McpServers;
using Gateway.Api.Metering;
using Gateway.Api.PassThrough;
using Gateway.Api.Pipeline;
using Gateway.Api.Providers;
using Gateway.Api.Responses;
using Gateway.Api.Routing;
using Gateway.Api.Secrets;
using Gateway.Api.Serverless;
using Gateway.Api.Telemetry;
using Gateway.Api.Tools;
using ServiceDefaults.Health;
using ServiceDefaults.Metrics;

namespace Gateway.Api;

/// <summary>The gateway's table of contents: what it is made of, in the order a request meets it.</summary>
public static class GatewayApplication
{
    public static void AddGateway(this WebApplicationBuilder builder)
    {
        builder.AddLiveConfiguration();
        builder.AddServerless();
        builder.AddSecrets();
        builder.AddFlags();
        builder.Services.AddMetricsAndSpans();
        builder.Services.AddEndpoints();
        builder.AddAccess();
        builder.AddLimits();
        builder.AddAudit();
        builder.AddCaching();
        builder.Services.AddPipeline();
        builder.Services.AddTools();
        builder.AddExperiments();
        builder.Services.AddModelRouting();
        builder.Services.AddProviders();
        builder.AddPassThrough();
        builder.AddMetering();
        builder.AddFeedback();
        builder.AddResponses();
        builder.AddFiles();
        builder.AddBatches();
        builder.Services.AddMcpServers();
        builder.Services.AddEvents();
    }

    public static void MapGateway(this WebApplication app)
    {
        app.RefuseToStartOnFaults();
        app.BeginMeasuring();

        app.UseMiddleware<Edge>();
        app.UseMiddleware<CrossOrigin>();
        app.UseMiddleware<PassThroughRouting>();
        app.UseMiddleware<ClientAddressLimit>();
        app.UseKeysOfNow();
        app.UseMiddleware<Gate>();

        // The open routes, of which metrics may be closed. Everything else takes a key.
        app.MapHealth();
        app.MapMetrics().Takes(AccessRule.AdminKey);
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapSchema();

        var v1 = app.MapGroup("/v1").Takes(AccessRule.ApiKey);
        v1.MapChatCompletions();
        v1.MapCompletions();
        v1.MapEmbeddings();
        v1.MapResponses();
        v1.MapMessages();
        v1.MapModels();
        v1.MapFeedback();
        v1.MapFiles();
        v1.MapBatches();

        app.MapMcpServers();

        var admin = app.MapGroup("/admin").Takes(AccessRule.AdminKey);
        admin.MapKeys();
        admin.MapFlags();
        admin.MapExperiments();
        admin.MapGivenFeedback();
        admin.MapAudit();
        admin.MapConfig();
        admin.MapUsageReports();
        admin.MapProviders();
        admin.MapModelOverview();
        admin.MapAllBatches();
        admin.MapBudgets();
        admin.MapEvents();
        admin.MapProductImport();
    }
}
