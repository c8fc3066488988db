using Aws.Deployment.Estimate.Templates;

namespace Aws.Deployment.Estimate.Charges;

/// <summary>What CloudWatch is billed for.</summary>
internal static class MonitoringCharges
{
    private const string GatewayLog = "/gateway";

    // 4XXError, 5XXError, Count, Latency, IntegrationLatency.
    private const decimal MetricsOfMethod = 5;

    public static IEnumerable<Charge> LogGroup(TemplateResource group, ChargeContext context)
    {
        var isGateways = group.Text("LogGroupName")?.EndsWith(GatewayLog, StringComparison.Ordinal) == true;
        var gigabytes = isGateways ? context.LogGigabytes : context.Usage.OtherLogGigabytes;
        yield return new("logs.in", "logs taken in", gigabytes);
        yield return new("logs.stored", "logs kept", gigabytes);
        if (isGateways)
        {
            yield return new("cloudwatch.metric", "metrics that the services write", context.Usage.Metrics);
        }
    }

    // Each metric that an alarm looks at counts.
    public static IEnumerable<Charge> Alarm(TemplateResource alarm, ChargeContext context) =>
        [new("cloudwatch.alarm", "alarm", Math.Max(1, alarm.List("Metrics").Count(metric => metric?["MetricStat"] is not null)))];

    public static IEnumerable<Charge> Dashboard(TemplateResource dashboard, ChargeContext context) => [new("cloudwatch.dashboard", "dashboard", 1)];

    // "MetricsEnabled": metrics for each method, billed as any others.
    public static IEnumerable<Charge> Stage(TemplateResource stage, ChargeContext context)
    {
        if (stage.List("MethodSettings").Any(setting => setting?["MetricsEnabled"]?.ToString() == "true"))
        {
            yield return new("cloudwatch.metric", "metrics of methods", MetricsOfMethod * context.Count("AWS::ApiGateway::Method", method => method.Stack == stage.Stack));
        }
    }

    // Nobody says how many metrics they are before they are there, so they have no price here: an estimate lists them as such.
    public static IEnumerable<Charge> Cluster(TemplateResource cluster, ChargeContext context) =>
        cluster.List("ClusterSettings").Any(setting => setting?["Name"]?.ToString() == "containerInsights" && setting["Value"]?.ToString() != "disabled")
            ? [new("cloudwatch.container-insights", "Container Insights", 1)]
            : [];
}
