using Gateway.Api.Metering;
using Gateway.Api.Pipeline;
using ServiceDefaults.Network;

namespace Gateway.Api.Endpoints;

/// <summary>
/// What the cost worker knows and answers: <c>GET /admin/usage?from&amp;to&amp;by=tenant,model</c>, what was used and what it cost, and
/// <c>GET /admin/forecast?by=tenant</c>, what it is going to (docs/accounting.md); <c>GET /admin/alerts</c> and <c>GET /admin/objectives</c> (docs/alerts.md).
/// </summary>
internal static class UsageReports
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    public static void MapUsageReports(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/usage", AskFor("usage")).WithTags("Usage").WithName("getUsage").WithSummary("What was used and what it cost, by period and group.");
        endpoints.MapGet("/forecast", AskFor("forecast")).WithTags("Usage").WithName("getForecast").WithSummary("What will have been spent by the end of the day, the month and the quarter, by group.");
        endpoints.MapGet("/alerts", AskFor("alerts")).WithTags("Alerts").WithName("listAlerts").WithSummary("Alerts that last and that ended lately, and how those who are told of them fare.");
        endpoints.MapGet("/objectives", AskFor("objectives")).WithTags("Alerts").WithName("listObjectives").WithSummary("How service-level objectives are met, and what is left of their error budgets.");
    }

    private static Func<HttpContext, CostWorkerClient, Task> AskFor(string path) => (http, worker) => GetAsync(http, worker, path);

    private static async Task GetAsync(HttpContext http, CostWorkerClient worker, string path)
    {
        if (!worker.IsKnown)
        {
            await OpenAIErrors.WriteAsync(http, Refusal.NoTargetAvailable("This gateway runs without a cost worker, which keeps the ledger; set services__cost__http__0 to its address, or start both through the AppHost.", RetryAfter));
            return;
        }

        try
        {
            using var answer = await worker.GetAsync(path, http.Request.QueryString, http.TraceIdentifier, http.RequestAborted);
            http.Response.StatusCode = (int)answer.StatusCode;
            http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
        }
        catch (Exception failure) when (failure.IsOfNetwork() || (failure is TaskCanceledException && !http.RequestAborted.IsCancellationRequested))
        {
            await OpenAIErrors.WriteAsync(http, Refusal.NoTargetAvailable("The cost worker, which keeps the ledger, does not answer at present. No usage is lost meanwhile.", RetryAfter));
        }
    }
}
