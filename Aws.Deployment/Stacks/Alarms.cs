using System.Globalization;
using Amazon.CDK.AWS.CloudWatch;
using Aws.Deployment.Configuration;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>What somebody is told of. Critical: callers notice. Warning: they will, or money is spent.</summary>
internal sealed class Alarms(Construct scope, DeploymentOptions options, Topics topics) : Construct(scope, "Alarms")
{
    private const double SlowSeconds = 5;
    private const int MinuteSeconds = 60;
    private const int HourSeconds = 3600;
    private const double CacheBytes = StateStack.CacheGigabytes * 0.8 * 1024 * 1024 * 1024;

    private const string Over = "GreaterThanThreshold";
    private const string Under = "LessThanThreshold";

    public void AddGateway(Metrics metrics)
    {
        AddErrors(metrics);
        Add("Slow", topics.Warning, $"One request in a hundred takes longer than {SlowSeconds} s.", metrics.OfGateway("gen_ai.client.operation.duration"), "p99", Over, SlowSeconds, minutes: 3);
        Add("UsageLost", topics.Critical, "Usage could be kept nowhere: it is in the log alone.", metrics.OfGateway("gateway.usage.lost"), "Sum", Over, 0);
        Add("Spending", topics.Warning, $"Requests of the last hour cost more than {Text(options.Monitoring.UsdPerHour)} USD.", metrics.OfGateway("gateway.cost"), "Sum", Over, options.Monitoring.UsdPerHour, period: HourSeconds);
        if (options.Gateway.IsLambda)
        {
            Add("Throttled", topics.Warning, "Lambda turns requests away: its concurrency is used up.", metrics.OfFunction("Throttles"), "Sum", Over, 0, minutes: 2);
            Add("Crashed", topics.Warning, "Invocations of the gateway ended in an error of the function itself.", metrics.OfFunction("Errors"), "Sum", Over, 0, minutes: 2);
        }
        else
        {
            Add("Busy", topics.Warning, "The gateway's tasks have no processor time left.", metrics.OfService("CPUUtilization"), "Average", Over, 90, minutes: 5);
        }
    }

    public void AddState(Metrics metrics)
    {
        Add("KeysThrottled", topics.Warning, "The table of keys turns requests away.", metrics.OfTable("ThrottledRequests", ledger: false), "Sum", Over, 0, minutes: 2);
        Add("LedgerThrottled", topics.Warning, "The table of the ledger turns requests away.", metrics.OfTable("ThrottledRequests", ledger: true), "Sum", Over, 0, minutes: 5);
        Add("CacheFull", topics.Warning, "Valkey is full to four fifths.", metrics.OfCache("BytesUsedForCache"), "Maximum", Over, CacheBytes, minutes: 5);
        Add("CacheThrottled", topics.Critical, "Valkey turns commands away: limits are kept by each process for itself.", metrics.OfCache("ThrottledCmds"), "Sum", Over, 0, minutes: 3);
    }

    public void AddInference(Metrics metrics) =>
        Add("NoModel", topics.Critical, "No instance of the model server is healthy.", metrics.HealthyModels, "Minimum", Under, 1, minutes: 3, missing: "breaching");

    public void AddCanary(Metrics metrics) => Add(
        "Canary", topics.Critical, "The gateway does not answer the canary as it should.", metrics.Canary, "Minimum", Under, 1,
        period: options.Monitoring.CanaryMinutes * MinuteSeconds, minutes: 2, missing: "breaching");

    // At the API the average of 5XXError is the part that failed; at a load balancer it has to be worked out.
    private void AddErrors(Metrics metrics)
    {
        var percent = options.Monitoring.ErrorPercent;
        CfnAlarm.MetricDataQueryProperty[] queries =
        [
            new() { Id = "rate", Expression = options.Gateway.IsLambda ? "100 * failures" : "100 * failures / requests", Label = "Failed, in per cent", ReturnData = true },
            Query("failures", metrics.Failures, options.Gateway.IsLambda ? "Average" : "Sum"),
            .. options.Gateway.IsLambda ? Array.Empty<CfnAlarm.MetricDataQueryProperty>() : [Query("requests", metrics.Requests, "Sum")],
        ];
        _ = new CfnAlarm(this, "Errors", Named("Errors", topics.Critical, $"More than {Text(percent)} % of requests fail with 5xx.", new CfnAlarmProps
        {
            Metrics = queries, EvaluationPeriods = 1, DatapointsToAlarm = 1, Threshold = percent, ComparisonOperator = Over, TreatMissingData = "notBreaching",
        }));
    }

    private void Add(string id, string topic, string description, Metric metric, string statistic, string comparison, double threshold, int period = MinuteSeconds, int minutes = 1, string missing = "notBreaching") =>
        _ = new CfnAlarm(this, id, Named(id, topic, description, new CfnAlarmProps
        {
            Namespace = metric.Namespace,
            MetricName = metric.Name,
            Dimensions = DimensionsOf(metric),
            Statistic = statistic.StartsWith('p') ? null : statistic,
            ExtendedStatistic = statistic.StartsWith('p') ? statistic : null,
            Period = period,
            EvaluationPeriods = minutes,
            DatapointsToAlarm = minutes,
            Threshold = threshold,
            ComparisonOperator = comparison,
            TreatMissingData = missing,
        }));

    private CfnAlarmProps Named(string id, string topic, string description, CfnAlarmProps alarm)
    {
        alarm.AlarmName = $"{options.Prefix}-{id}";
        alarm.AlarmDescription = $"{(topic == topics.Critical ? "Critical" : "Warning")}: {description}";
        alarm.AlarmActions = [topic];
        alarm.OkActions = [topic];
        return alarm;
    }

    private static CfnAlarm.MetricDataQueryProperty Query(string id, Metric metric, string statistic) => new()
    {
        Id = id,
        ReturnData = false,
        MetricStat = new CfnAlarm.MetricStatProperty
        {
            Metric = new CfnAlarm.MetricProperty { Namespace = metric.Namespace, MetricName = metric.Name, Dimensions = DimensionsOf(metric) }, Period = 5 * MinuteSeconds, Stat = statistic,
        },
    };

    private static CfnAlarm.DimensionProperty[] DimensionsOf(Metric metric) => [.. metric.Dimensions.Select(dimension => new CfnAlarm.DimensionProperty { Name = dimension.Name, Value = dimension.Value })];

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
