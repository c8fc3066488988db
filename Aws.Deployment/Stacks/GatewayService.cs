using Amazon.CDK;
using Amazon.CDK.AWS.ApplicationAutoScaling;
using Amazon.CDK.AWS.ElasticLoadBalancingV2;
using Aws.Deployment.Configuration;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>The gateway on Fargate, behind a load balancer that speaks HTTPS alone. Tasks are added by requests and by latency.</summary>
internal sealed class GatewayService : Construct
{
    private const int RequestsPerTaskAndMinute = 1000;
    private const double SlowSeconds = 3;
    private const int ScaleOutSeconds = 60;
    private const int ScaleInSeconds = 300;
    private const int LongestSilenceSeconds = 120;

    private readonly DeploymentOptions _options;
    private readonly CfnLoadBalancer _balancer;
    private readonly CfnTargetGroup _targets;

    public GatewayService(Construct scope, DeploymentOptions options, NetworkStack network, StateStack state, string log, Name name)
        : base(scope, "OnFargate")
    {
        _options = options;
        _balancer = Balancers.Add(this, "internet-facing", $"{options.Prefix}-gw", network.PublicSubnets, network.Groups.Balancer!, options, LongestSilenceSeconds);
        _targets = Balancers.Targets(this, network.VpcId, "ip", GatewayStack.Port, "/health");
        var listener = Balancers.ListenOnHttps(this, _balancer, _targets, name.Certificate);
        name.LeadTo(_balancer.AttrDnsName, _balancer.AttrCanonicalHostedZoneId);

        Service = new ContainerService(this, options, network, new ContainerShape
        {
            Name = "gateway",
            Port = GatewayStack.Port,
            Cpu = options.Gateway.MemoryMegabytes / 2,
            MemoryMegabytes = options.Gateway.MemoryMegabytes,
            DesiredCount = options.Gateway.MinTasks,
            SecurityGroup = network.Groups.Gateway,
            RepositoryArn = state.Images.Gateway!.AttrArn,
            Log = log,
            Environment = GatewaySettings.Of(options, state, options.Network.Cidr),
            Policies = GatewayAccess.Of(Stack.Of(this), options, state),
            TargetGroup = _targets.Ref,
        });
        Service.Service.AddDependency(listener);
        Scale(network);
    }

    public ContainerService Service { get; }

    public string BalancerArn => _balancer.Ref;

    /// <summary>As metrics call it.</summary>
    public string BalancerName => _balancer.AttrLoadBalancerFullName;

    private void Scale(NetworkStack network)
    {
        var target = new CfnScalableTarget(this, "Tasks", new CfnScalableTargetProps
        {
            ServiceNamespace = "ecs",
            ScalableDimension = "ecs:service:DesiredCount",
            ResourceId = $"service/{network.Cluster}/{Service.Service.AttrName}",
            MinCapacity = _options.Gateway.MinTasks,
            MaxCapacity = _options.Gateway.MaxTasks,
        });
        Follow(target, "Requests", new CfnScalingPolicy.TargetTrackingScalingPolicyConfigurationProperty
        {
            TargetValue = RequestsPerTaskAndMinute,
            ScaleOutCooldown = ScaleOutSeconds,
            ScaleInCooldown = ScaleInSeconds,
            PredefinedMetricSpecification = new CfnScalingPolicy.PredefinedMetricSpecificationProperty
            {
                PredefinedMetricType = "ALBRequestCountPerTarget", ResourceLabel = $"{_balancer.AttrLoadBalancerFullName}/{_targets.AttrTargetGroupFullName}",
            },
        });
        Follow(target, "Latency", new CfnScalingPolicy.TargetTrackingScalingPolicyConfigurationProperty
        {
            TargetValue = SlowSeconds,
            ScaleOutCooldown = ScaleOutSeconds,
            ScaleInCooldown = ScaleInSeconds,
            CustomizedMetricSpecification = new CfnScalingPolicy.CustomizedMetricSpecificationProperty
            {
                Namespace = "AWS/ApplicationELB",
                MetricName = "TargetResponseTime",
                Statistic = "Average",
                Unit = "Seconds",
                Dimensions = new[] { new CfnScalingPolicy.MetricDimensionProperty { Name = "LoadBalancer", Value = _balancer.AttrLoadBalancerFullName } },
            },
        });
    }

    private void Follow(CfnScalableTarget target, string id, CfnScalingPolicy.TargetTrackingScalingPolicyConfigurationProperty configuration) =>
        _ = new CfnScalingPolicy(this, id, new CfnScalingPolicyProps
        {
            PolicyName = $"{_options.Prefix}-{id.ToLowerInvariant()}",
            PolicyType = "TargetTrackingScaling",
            ScalingTargetId = target.Ref,
            TargetTrackingScalingPolicyConfiguration = configuration,
        });
}
