using Aws.Deployment.Configuration;

namespace Aws.Deployment.Stacks;

/// <summary>The metrics that alarms and the dashboard look at: AWS's own, and the product's as its services write them (docs/observability.md).</summary>
internal sealed class Metrics(DeploymentOptions options, StateStack state, GatewayStack gateway, InferenceStack? inference)
{
    private const string Product = "AIGateway";
    private const string Service = "service.name";

    /// <summary>The name under which a service writes its metrics: environments of one account share the namespace.</summary>
    public static string ServiceName(DeploymentOptions options, string service) => $"{options.Prefix}-{service}";

    /// <summary>Of the gateway itself.</summary>
    public Metric OfGateway(string name) => new(Product, name, (Service, ServiceName(options, "gateway")));

    public Metric Canary => new(Product, Stacks.Canary.Success, (Service, ServiceName(options, "canary")));

    public Metric Requests => gateway.Api is { } api ? OfApi(api, "Count") : OfBalancer("RequestCount");

    /// <summary>On Lambda the part of requests that failed; on Fargate their number, to be divided by <see cref="Requests"/>.</summary>
    public Metric Failures => gateway.Api is { } api ? OfApi(api, "5XXError") : OfBalancer("HTTPCode_Target_5XX_Count");

    public Metric OfFunction(string name) => new("AWS/Lambda", name, ("FunctionName", $"{options.Prefix}-gateway"));

    public Metric OfService(string name) => new("AWS/ECS", name, ("ClusterName", options.Prefix), ("ServiceName", $"{options.Prefix}-gateway"));

    public Metric OfTable(string name, bool ledger) => new("AWS/DynamoDB", name, ("TableName", (ledger ? state.Ledger : state.Keys).Ref));

    public Metric OfCache(string name) => new("AWS/ElastiCache", name, ("clusterId", options.Prefix));

    public Metric OfFirewall(string name) => new("AWS/WAFV2", name, ("WebACL", options.Prefix), ("Region", options.Region), ("Rule", "ALL"));

    public Metric HealthyModels => new("AWS/ApplicationELB", "HealthyHostCount", ("LoadBalancer", inference!.Balancer.AttrLoadBalancerFullName), ("TargetGroup", inference.Targets.AttrTargetGroupFullName));

    public Metric GpuUse => new(ModelInstances.MetricNamespace, ModelInstances.GpuMetric, ("AutoScalingGroupName", inference!.Instances.Ref));

    public Metric Instances => new("AWS/AutoScaling", "GroupInServiceInstances", ("AutoScalingGroupName", inference!.Instances.Ref));

    private static Metric OfApi(RestApi api, string name) => new("AWS/ApiGateway", name, ("ApiName", api.Name), ("Stage", RestApi.StageName));

    private Metric OfBalancer(string name) => new("AWS/ApplicationELB", name, ("LoadBalancer", gateway.Service!.BalancerName));
}
