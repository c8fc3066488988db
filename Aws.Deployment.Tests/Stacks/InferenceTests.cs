using System.Text;
using Aws.Deployment.Tests.Synthesis;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Stacks;

public sealed class InferenceTests(Templates templates)
{
    private Template Inference => templates.Of(Variant.Full, "inference");

    private Template OnSpot => templates.Of(Variant.Fargate, "inference");

    [Fact]
    [Trait("Requirement", "V1.1")]
    [Trait("Requirement", "V1.3")]
    public void Phi_3_mini_on_vLLM_on_a_GPU()
    {
        var template = Inference.Only("AWS::EC2::LaunchTemplate");

        template["LaunchTemplateData", "InstanceType"].ShouldBe("\"g5.xlarge\"");
        StartOf(Inference).ShouldContain("--model /models/microsoft/Phi-3-mini-4k-instruct --served-model-name microsoft/Phi-3-mini-4k-instruct --port 8000 --max-model-len 4096");
        ((string)Inference.Json["Parameters"]!["ModelImage"]!["Default"]!).ShouldBe("763104351884.dkr.ecr.eu-central-1.amazonaws.com/vllm:server-cuda-v1");
    }

    [Fact]
    [Trait("Requirement", "V1.2")]
    public void Ready_in_five_minutes_is_what_the_start_is_made_for()
    {
        var start = StartOf(Inference);

        start.ShouldContain("docker pull --quiet");
        start.IndexOf("aws s3 sync", StringComparison.Ordinal).ShouldBeLessThan(start.IndexOf("wait $pull", StringComparison.Ordinal), "The image and the weights come at the same time.");
        start.ShouldContain("compile-cache/g5.xlarge/microsoft/Phi-3-mini-4k-instruct.tar.gz");
        StartOf(OnSpot).ShouldContain("--enforce-eager");
        OnSpot.Only("AWS::EC2::LaunchTemplate")["LaunchTemplateData", "ImageId"].ShouldBe("\"ami-0123456789abcdef0\"");
        Inference.Only("AWS::AutoScaling::AutoScalingGroup")["HealthCheckGracePeriod"].ShouldBe("300");
    }

    [Fact]
    public void A_GPU_without_bfloat16_is_given_float16()
    {
        StartOf(OnSpot).ShouldContain("--dtype half");
        StartOf(Inference).ShouldNotContain("--dtype");
    }

    [Fact]
    [Trait("Requirement", "V1.4")]
    [Trait("Requirement", "V7.4")]
    [Trait("Requirement", "V3.5")]
    public void Only_healthy_instances_get_requests_and_all_are_asked_every_30_s()
    {
        var targets = Inference.Only("AWS::ElasticLoadBalancingV2::TargetGroup");

        (targets["HealthCheckPath"], targets["HealthCheckIntervalSeconds"], targets["Port"]).ShouldBe(("\"/health\"", "30", "8000"));
        Inference.Only("AWS::AutoScaling::AutoScalingGroup")["HealthCheckType"].ShouldBe("\"ELB\"");
        targets["TargetGroupAttributes"]!.ShouldContain("deregistration_delay.timeout_seconds");
    }

    [Theory]
    [InlineData("Busy", "GreaterThanThreshold", "70", "3", "1", "MetricIntervalLowerBound")]
    [InlineData("Idle", "LessThanThreshold", "30", "10", "-1", "MetricIntervalUpperBound")]
    [Trait("Requirement", "V3.1")]
    [Trait("Requirement", "V3.2")]
    public void Instances_follow_the_use_of_GPUs(string id, string comparison, string percent, string minutes, string adjustment, string bound)
    {
        var alarm = Inference.Only("AWS::CloudWatch::Alarm", one => ((string)one["AlarmName"]!).EndsWith(id.ToLowerInvariant(), StringComparison.Ordinal));

        alarm["ComparisonOperator"].ShouldBe($"\"{comparison}\"");
        (alarm["Threshold"], alarm["EvaluationPeriods"], alarm["DatapointsToAlarm"], alarm["Period"], alarm["Statistic"]).ShouldBe((percent, minutes, minutes, "60", "\"Average\""));
        (alarm["Namespace"], alarm["MetricName"], alarm["Dimensions", "0", "Name"]).ShouldBe(("\"CWAgent\"", "\"nvidia_smi_utilization_gpu\"", "\"AutoScalingGroupName\""));
        var policy = Inference.Resources.Single(one => one.Id == (string)alarm.Properties["AlarmActions"]![0]!["Ref"]!);
        (policy["PolicyType"], policy["AdjustmentType"]).ShouldBe(("\"StepScaling\"", "\"ChangeInCapacity\""));
        policy["StepAdjustments"].ShouldBe($$"""[{"{{bound}}":0,"ScalingAdjustment":{{adjustment}}}]""");
    }

    [Fact]
    [Trait("Requirement", "V3.1")]
    public void What_the_alarms_look_at_is_what_the_agent_tells()
    {
        var start = StartOf(Inference);

        start.ShouldContain("\"nvidia_gpu\"");
        start.ShouldContain("\"utilization_gpu\"");
        start.ShouldContain("\"append_dimensions\":{\"AutoScalingGroupName\":\"ai-gateway-prod-vllm\"}");
        start.ShouldContain("\"aggregation_dimensions\":[[\"AutoScalingGroupName\"]]");
    }

    [Fact]
    [Trait("Requirement", "V3.3")]
    [Trait("Requirement", "V3.4")]
    public void At_least_one_and_at_most_what_the_options_say()
    {
        var group = Inference.Only("AWS::AutoScaling::AutoScalingGroup");

        (group["MinSize"], group["MaxSize"]).ShouldBe(("\"1\"", "\"4\""));
    }

    [Fact]
    [Trait("Requirement", "V6.2")]
    [Trait("Requirement", "V6.3")]
    public void The_load_balancer_is_in_public_subnets_and_the_instances_are_not()
    {
        var balancer = Inference.Only("AWS::ElasticLoadBalancingV2::LoadBalancer");
        var group = Inference.Only("AWS::AutoScaling::AutoScalingGroup");
        var template = Inference.Only("AWS::EC2::LaunchTemplate");

        balancer.Properties["Subnets"]!.AsArray().Count.ShouldBe(2);
        balancer.Properties["Subnets"]!.AsArray().ShouldAllBe(subnet => subnet!.ToJsonString().Contains("PublicSubnet"));
        group.Properties["VPCZoneIdentifier"]!.AsArray().Count.ShouldBe(2);
        group.Properties["VPCZoneIdentifier"]!.AsArray().ShouldAllBe(subnet => subnet!.ToJsonString().Contains("InferenceSubnet"));
        template["LaunchTemplateData", "NetworkInterfaces", "0", "AssociatePublicIpAddress"].ShouldBe("false");
    }

    [Fact]
    [Trait("Requirement", "V6.5")]
    [Trait("Requirement", "G6.3")]
    public void The_load_balancer_listens_on_443_alone_with_TLS_1_3_preferred()
    {
        var listener = Inference.Only("AWS::ElasticLoadBalancingV2::Listener");

        (listener["Port"], listener["Protocol"], listener["SslPolicy"]).ShouldBe(("443", "\"HTTPS\"", "\"ELBSecurityPolicy-TLS13-1-2-Res-2021-06\""));
    }

    [Fact]
    public void Volumes_are_encrypted_large_enough_and_metadata_takes_a_token()
    {
        var template = Inference.Only("AWS::EC2::LaunchTemplate");

        template["LaunchTemplateData", "BlockDeviceMappings", "0", "Ebs", "Encrypted"].ShouldBe("true");
        int.Parse(template["LaunchTemplateData", "BlockDeviceMappings", "0", "Ebs", "VolumeSize"]!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(75);
        template["LaunchTemplateData", "MetadataOptions", "HttpTokens"].ShouldBe("\"required\"");
    }

    [Fact]
    public void Spot_instances_may_be_of_the_next_size()
    {
        var policy = OnSpot.Only("AWS::AutoScaling::AutoScalingGroup");

        policy["MixedInstancesPolicy", "InstancesDistribution", "OnDemandPercentageAboveBaseCapacity"].ShouldBe("0");
        policy["MixedInstancesPolicy", "LaunchTemplate", "Overrides"].ShouldBe("""[{"InstanceType":"g4dn.xlarge"},{"InstanceType":"g4dn.2xlarge"}]""");
        Inference.Only("AWS::AutoScaling::AutoScalingGroup")["MixedInstancesPolicy"].ShouldBeNull();
    }

    [Fact]
    [Trait("Requirement", "V2.2")]
    public void Without_a_GPU_there_is_no_stack_of_it() =>
        templates.AssemblyOf(Variant.Dev).Stacks.Select(stack => stack.Id).ShouldBe(["network", "state", "gateway", "products", "cost", "demo", "monitoring"]);

    // The script is joined of its text and what is known only at AWS.
    private static string StartOf(Template inference)
    {
        var text = new StringBuilder();
        foreach (var part in inference.Only("AWS::EC2::LaunchTemplate").Properties["LaunchTemplateData"]!["UserData"]!["Fn::Base64"]!["Fn::Join"]![1]!.AsArray())
        {
            text.Append(part is System.Text.Json.Nodes.JsonValue ? (string)part! : "?");
        }

        return text.ToString();
    }
}
