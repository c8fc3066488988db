using Aws.Deployment.Tests.Synthesis;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Stacks;

public sealed class GatewayOnFargateTests(Templates templates)
{
    private Template Gateway => templates.Of(Variant.Fargate, "gateway");

    [Fact]
    [Trait("Requirement", "B4.2")]
    [Trait("Requirement", "B4.4")]
    [Trait("Requirement", "G3.1")]
    public void The_gateway_is_a_task_on_arm64_that_writes_nowhere_but_to_tmp()
    {
        var task = Gateway.Only("AWS::ECS::TaskDefinition");

        (task["RuntimePlatform", "CpuArchitecture"], task["Cpu"], task["Memory"]).ShouldBe(("\"ARM64\"", "\"512\"", "\"1024\""));
        task["ContainerDefinitions", "0", "ReadonlyRootFilesystem"].ShouldBe("true");
        task["ContainerDefinitions", "0", "User"].ShouldNotBe("\"root\"");
        task["ContainerDefinitions", "0", "MountPoints", "0", "ContainerPath"].ShouldBe("\"/tmp\"");
    }

    [Fact]
    [Trait("Requirement", "G3.3")]
    public void Tasks_follow_requests_and_latency()
    {
        var policies = Gateway.All("AWS::ApplicationAutoScaling::ScalingPolicy");
        var target = Gateway.Only("AWS::ApplicationAutoScaling::ScalableTarget");

        (target["MinCapacity"], target["MaxCapacity"]).ShouldBe(("1", "2"));
        policies.Select(policy => policy["TargetTrackingScalingPolicyConfiguration", "PredefinedMetricSpecification", "PredefinedMetricType"]).ShouldContain("\"ALBRequestCountPerTarget\"");
        policies.Select(policy => policy["TargetTrackingScalingPolicyConfiguration", "CustomizedMetricSpecification", "MetricName"]).ShouldContain("\"TargetResponseTime\"");
    }

    [Fact]
    [Trait("Requirement", "G3.4")]
    public void A_deployment_that_fails_is_rolled_back()
    {
        foreach (var concern in new[] { "gateway", "products", "cost" })
        {
            templates.Of(Variant.Fargate, concern).Only("AWS::ECS::Service")["DeploymentConfiguration", "DeploymentCircuitBreaker"].ShouldBe("""{"Enable":true,"Rollback":true}""", concern);
        }
    }

    [Fact]
    [Trait("Requirement", "B3.4")]
    [Trait("Requirement", "V6.5")]
    public void The_load_balancer_speaks_HTTPS_alone_behind_the_firewall()
    {
        var listener = Gateway.Only("AWS::ElasticLoadBalancingV2::Listener");

        (listener["Port"], listener["Protocol"], listener["SslPolicy"]).ShouldBe(("443", "\"HTTPS\"", "\"ELBSecurityPolicy-TLS13-1-2-Res-2021-06\""));
        Gateway.Only("AWS::WAFv2::WebACLAssociation")["ResourceArn"].ShouldBe($$"""{"Ref":"{{Gateway.Only("AWS::ElasticLoadBalancingV2::LoadBalancer").Id}}"}""");
        Gateway.Only("AWS::ElasticLoadBalancingV2::LoadBalancer").Properties["Subnets"]!.AsArray().ShouldAllBe(subnet => subnet!.ToJsonString().Contains("PublicSubnet"));
    }

    [Fact]
    public void Clients_are_known_by_what_the_load_balancer_says() =>
        Gateway.Only("AWS::ECS::TaskDefinition")["ContainerDefinitions", "0", "Environment"]!.ShouldContain("""{"Name":"Gateway__Access__TrustedProxies__0","Value":"10.40.0.0/16"}""");
}
