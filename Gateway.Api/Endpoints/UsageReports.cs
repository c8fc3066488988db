using Gateway.Api.Metering;
using Gateway.Api.Pipeline;
using ServiceDefaults.Network;

namespace Gateway.Api.Endpoints;

/// <summary>
/// What the cost worker knows and answers: <c>GET /admin/usage?from&amp;to&amp;by=tenant,model</c>, what was used and what it cost, and
/// <c>GET /admin/forecast?by=tenant</c>, what it is going to (docs/accounting.md); <c>GET /admin/alerts</c> and <c>GET /admin/objectives</c> (docs/alerts.md); <c>GET /admin/traffic</c> and
/// <c>GET /admin/requests</c> (docs/admin-api.md).
/// </summary>
internal static class UsageReports
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    public static void MapUsageReports(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/usage", AskFor("usage")).WithTags("Usage").WithName("getUsage").WithSummary("What was used and what it cost, by period and group.");
        endpoints.MapGet("/traffic", AskFor("traffic")).WithTags("Usage").WithName("getTraffic").WithSummary("Requests, errors, latency, tokens and cost by minute or hour.");
        endpoints.MapGet("/requests", AskFor("requests")).WithTags("Requests").WithName("listRequests").WithSummary("The request log, the newest first; never what was said.");
        endpoints.MapGet("/requests/stream", AskFor("requests/stream")).WithTags("Requests").WithName("streamRequests").WithSummary("The request log as it grows, as server-sent events.");
        endpoints.MapGet("/forecast", AskFor("forecast")).WithTags("Usage").WithName("getForecast").WithSummary("What will have been spent by the end of the day, the month and the quarter, by group.");
        endpoints.MapGet("/alerts", AskFor("alerts")).WithTags("Alerts").WithName("listAlerts").WithSummary("Alerts that last and that ended lately, and how those who are told of them fare.");
        endpoints.MapGet("/objectives", AskFor("objectives")).WithTags("Alerts").WithName("listObjectives").WithSummary("How service-level objectives are met, and what is left of their error budgets.");
    }

    private static Func<HttpContext, CostWorkerClient, IHostApplicationLifetime, Task> AskFor(string path) => (http, worker, lifetime) => GetAsync(http, worker, path, lifetime.ApplicationStopping);

    private static async Task GetAsync(HttpContext http, CostWorkerClient worker, string path, CancellationToken stopping)
    {
        if (!worker.IsKnown)
        {
            await OpenAIErrors.WriteAsync(http, Refusal.NoTargetAvailable("This gateway runs without a cost worker, which keeps the ledger; set services__cost__http__0 to its address, or start both through the AppHost.", RetryAfter));
            return;
        }

        // A stream has no end of its own, and is not waited for where the gateway stops.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        try
        {
            using var answer = await worker.ForwardAsync(http, path, end.Token);
            http.Response.StatusCode = (int)answer.StatusCode;
            http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            http.Response.Headers.CacheControl = "no-store";
            await http.Response.Body.FlushAsync(end.Token);
            await answer.Content.CopyToAsync(http.Response.Body, end.Token);
        }
        catch (Exception failure) when ((failure.IsOfNetwork() || failure is OperationCanceledException) && !http.RequestAborted.IsCancellationRequested)
        {
            if (!http.Response.HasStarted)
            {
                await OpenAIErrors.WriteAsync(http, Refusal.NoTargetAvailable("The cost worker, which keeps the ledger, does not answer at present. No usage is lost meanwhile.", RetryAfter));
            }
            else if (!stopping.IsCancellationRequested)
            {
                // Whoever reads half of an answer must not take it for all of it.
                http.Abort();
            }
        }
    }
}
