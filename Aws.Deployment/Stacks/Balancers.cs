using System.Globalization;
using Amazon.CDK.AWS.ElasticLoadBalancingV2;
using Aws.Deployment.Configuration;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>Load balancers that listen on 443 alone, with TLS 1.3 preferred and 1.2 the floor.</summary>
internal static class Balancers
{
    private const string TlsPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";
    private const int HealthSeconds = 30;
    private const int HealthTimeoutSeconds = 5;
    private const int DrainSeconds = 60;

    public static CfnLoadBalancer Add(Construct scope, string scheme, string name, string[] subnets, string group, DeploymentOptions options, int idleSeconds) => new(scope, "Balancer", new CfnLoadBalancerProps
    {
        Name = name,
        Type = "application",
        Scheme = scheme,
        Subnets = subnets,
        SecurityGroups = [group],
        LoadBalancerAttributes = Attributes(
            ("idle_timeout.timeout_seconds", idleSeconds.ToString(CultureInfo.InvariantCulture)),
            ("routing.http.drop_invalid_header_fields.enabled", "true"),
            ("deletion_protection.enabled", options.ProtectData ? "true" : "false")),
    });

    public static CfnTargetGroup Targets(Construct scope, string vpc, string type, int port, string healthPath) => new(scope, "Targets", new CfnTargetGroupProps
    {
        VpcId = vpc,
        TargetType = type,
        Port = port,
        Protocol = "HTTP",
        HealthCheckPath = healthPath,
        HealthCheckIntervalSeconds = HealthSeconds,
        HealthCheckTimeoutSeconds = HealthTimeoutSeconds,
        HealthyThresholdCount = 2,
        UnhealthyThresholdCount = 2,
        Matcher = new CfnTargetGroup.MatcherProperty { HttpCode = "200" },
        TargetGroupAttributes = new[]
        {
            new CfnTargetGroup.TargetGroupAttributeProperty { Key = "deregistration_delay.timeout_seconds", Value = DrainSeconds.ToString(CultureInfo.InvariantCulture) },
            new CfnTargetGroup.TargetGroupAttributeProperty { Key = "load_balancing.algorithm.type", Value = "least_outstanding_requests" },
        },
    });

    public static CfnListener ListenOnHttps(Construct scope, CfnLoadBalancer balancer, CfnTargetGroup targets, string certificate) => new(scope, "Https", new CfnListenerProps
    {
        LoadBalancerArn = balancer.Ref,
        Port = SecurityGroups.Https,
        Protocol = "HTTPS",
        SslPolicy = TlsPolicy,
        Certificates = new[] { new CfnListener.CertificateProperty { CertificateArn = certificate } },
        DefaultActions = new[] { new CfnListener.ActionProperty { Type = "forward", TargetGroupArn = targets.Ref } },
    });

    private static CfnLoadBalancer.LoadBalancerAttributeProperty[] Attributes(params (string Key, string Value)[] attributes) =>
        [.. attributes.Select(attribute => new CfnLoadBalancer.LoadBalancerAttributeProperty { Key = attribute.Key, Value = attribute.Value })];
}
