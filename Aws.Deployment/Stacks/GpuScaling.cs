using Amazon.CDK.AWS.AutoScaling;
using Amazon.CDK.AWS.CloudWatch;
using Aws.Deployment.Configuration;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>One instance more where GPUs are over 70 % busy for three minutes, one less where they are under 30 % for ten.</summary>
internal sealed class GpuScaling : Construct
{
    private const int BusyPercent = 70;
    private const int BusyMinutes = 3;
    private const int IdlePercent = 30;
    private const int IdleMinutes = 10;
    private const int PeriodSeconds = 60;

    private readonly DeploymentOptions _options;
    private readonly CfnAutoScalingGroup _group;

    public GpuScaling(Construct scope, DeploymentOptions options, CfnAutoScalingGroup group)
        : base(scope, "Scaling")
    {
        (_options, _group) = (options, group);
        AddAlarm("Busy", "GreaterThanThreshold", BusyPercent, BusyMinutes, AddPolicy("Out", 1, new CfnScalingPolicy.StepAdjustmentProperty { MetricIntervalLowerBound = 0, ScalingAdjustment = 1 }));
        AddAlarm("Idle", "LessThanThreshold", IdlePercent, IdleMinutes, AddPolicy("In", 0, new CfnScalingPolicy.StepAdjustmentProperty { MetricIntervalUpperBound = 0, ScalingAdjustment = -1 }));
    }

    // One that has been started counts only once it is warm, so that the next minutes do not start another for the same load.
    private string AddPolicy(string id, int magnitude, CfnScalingPolicy.StepAdjustmentProperty step) => new CfnScalingPolicy(this, id, new CfnScalingPolicyProps
    {
        AutoScalingGroupName = _group.Ref,
        PolicyType = "StepScaling",
        AdjustmentType = "ChangeInCapacity",
        MetricAggregationType = "Average",
        EstimatedInstanceWarmup = magnitude > 0 ? ModelInstances.ReadySeconds : null,
        StepAdjustments = new[] { step },
    }).Ref;

    private void AddAlarm(string id, string comparison, int threshold, int minutes, string policy) => _ = new CfnAlarm(this, id, new CfnAlarmProps
    {
        AlarmName = $"{_options.Prefix}-gpu-{id.ToLowerInvariant()}",
        AlarmDescription = $"GPUs are {(comparison == "GreaterThanThreshold" ? "over" : "under")} {threshold} % busy for {minutes} minutes.",
        Namespace = ModelInstances.MetricNamespace,
        MetricName = ModelInstances.GpuMetric,
        Dimensions = new[] { new CfnAlarm.DimensionProperty { Name = "AutoScalingGroupName", Value = _group.Ref } },
        Statistic = "Average",
        Period = PeriodSeconds,
        EvaluationPeriods = minutes,
        DatapointsToAlarm = minutes,
        Threshold = threshold,
        ComparisonOperator = comparison,
        TreatMissingData = "notBreaching",
        AlarmActions = [policy],
    });
}
