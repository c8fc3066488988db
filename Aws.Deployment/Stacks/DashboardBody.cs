using System.Text.Json;
using Aws.Deployment.Configuration;

namespace Aws.Deployment.Stacks;

/// <summary>The dashboard: traffic, latency and errors first, then money, then what they come from.</summary>
internal static class DashboardBody
{
    private const int Columns = 24;
    private const int Width = 8;
    private const int Height = 6;

    private static readonly JsonSerializerOptions Format = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(DeploymentOptions options, Metrics metrics, string region)
    {
        var duration = metrics.OfGateway("gen_ai.client.operation.duration");
        var firstToken = metrics.OfGateway("gen_ai.server.time_to_first_token");
        List<object> widgets =
        [
            Widget("Requests a second", [(metrics.Requests, "Sum", "requests")], rate: true),
            Widget("Latency, s", [(duration, "p50", "p50"), (duration, "p95", "p95"), (duration, "p99", "p99")]),
            Widget("Time to the first token, s", [(firstToken, "p50", "p50"), (firstToken, "p95", "p95"), (firstToken, "p99", "p99")]),
            Widget("Failures", [(metrics.Failures, "Sum", "5xx"), (metrics.OfGateway("gateway.limits.refused"), "Sum", "refused by limits"), (metrics.OfFirewall("BlockedRequests"), "Sum", "refused by the firewall")]),
            Widget("Tokens", [(metrics.OfGateway("gen_ai.client.token.usage"), "Sum", "tokens")]),
            Widget("Cost of requests, USD", [(metrics.OfGateway("gateway.cost"), "Sum", "cost"), (metrics.OfGateway("gateway.cache.saved_cost"), "Sum", "saved by the cache")]),
            Widget("Attempts at targets", [(metrics.OfGateway("gateway.attempts"), "Sum", "attempts")]),
            Widget("Usage not yet in the ledger", [(metrics.OfGateway("gateway.usage.journal.undelivered"), "Maximum", "events")]),
            Widget("Valkey", [(metrics.OfCache("BytesUsedForCache"), "Maximum", "bytes"), (metrics.OfCache("ThrottledCmds"), "Sum", "throttled")]),
            options.Gateway.IsLambda
                ? Widget("Lambda", [(metrics.OfFunction("ConcurrentExecutions"), "Maximum", "at once"), (metrics.OfFunction("Throttles"), "Sum", "throttled"), (metrics.OfFunction("Errors"), "Sum", "errors")])
                : Widget("Fargate, %", [(metrics.OfService("CPUUtilization"), "Average", "processor"), (metrics.OfService("MemoryUtilization"), "Average", "memory")]),
            Widget("DynamoDB, units", [(metrics.OfTable("ConsumedWriteCapacityUnits", ledger: true), "Sum", "ledger, written"), (metrics.OfTable("ConsumedReadCapacityUnits", ledger: false), "Sum", "keys, read")]),
        ];
        widgets.Add(RunTimeCost.Widget(options, metrics, region));
        if (options.Inference.IsWanted)
        {
            widgets.Add(Widget("GPUs", [(metrics.GpuUse, "Average", "% busy"), (metrics.Instances, "Average", "instances"), (metrics.HealthyModels, "Minimum", "healthy")]));
        }

        return JsonSerializer.Serialize(new { start = "-PT3H", widgets = widgets.Select(Place) }, Format);

        object Widget(string title, (Metric Metric, string Statistic, string Label)[] series, bool rate = false) => new
        {
            title,
            region,
            view = "timeSeries",
            period = 60,
            metrics = rate
                ? [new object[] { new { expression = "FILL(m0, 0) / PERIOD(m0)", label = series[0].Label, id = "e0" } }, Line(series[0], 0, isVisible: false)]
                : series.Select((one, i) => Line(one, i, isVisible: true)).ToArray(),
        };
    }

    private static object Place(object properties, int index) => new
    {
        type = "metric", x = index * Width % Columns, y = index * Width / Columns * Height, width = Width, height = Height, properties,
    };

    // ["AWS/Lambda", "Errors", "FunctionName", "ai-gateway-dev-gateway", { "stat": "Sum", … }]
    private static object[] Line((Metric Metric, string Statistic, string Label) series, int index, bool isVisible) =>
    [
        series.Metric.Namespace, series.Metric.Name,
        .. series.Metric.Dimensions.SelectMany(dimension => new[] { dimension.Name, dimension.Value }),
        new { stat = series.Statistic, label = series.Label, id = $"m{index}", visible = isVisible },
    ];
}
