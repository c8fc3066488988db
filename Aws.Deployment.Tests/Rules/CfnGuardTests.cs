using Aws.Deployment.Tests.Synthesis;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Rules;

/// <summary>The rules of AWS Control Tower, over the two variants that together have every resource there is.</summary>
public sealed class CfnGuardTests(Templates templates)
{
    // One that is no longer needed is a fault too.
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["api_gw_domain_tls_check AWS::ApiGateway::DomainName"] = "The rule knows TLS_1_2 alone; the policy here prefers TLS 1.3 and has the same floor.",
        ["api_gw_v1_execution_logging_enabled_check AWS::ApiGateway::Stage"] = "It takes a role that is the account's, for all APIs of a region: environments would take it from each other. The gateway logs each request itself.",
        ["api_gw_xray_enabled_check AWS::ApiGateway::Stage"] = "The gateway makes its own traces, over OTLP.",
        ["autoscaling_mixed_instances_policy_multiple_instance_types_check AWS::AutoScaling::AutoScalingGroup"] = "On demand there is one type, whose price was agreed to; spot instances are of two.",
        ["autoscaling_multiple_az_check AWS::AutoScaling::AutoScalingGroup"] = "The subnets, one in each zone, are another stack's: the rule cannot see them. InferenceTests can.",
        ["cloudfront_access_logs_enabled_check AWS::CloudFront::Distribution"] = "Of the page's visitors nothing is kept; what they ask is in the gateway's log.",
        ["cloudfront_origin_failover_enabled_check AWS::CloudFront::Distribution"] = "There is one gateway and one bucket: nothing to fail over to.",
        ["cloudwatch_log_group_encrypted_check AWS::Logs::LogGroup"] = "CloudWatch encrypts all logs with keys of its own; there is no content of requests in them.",
        ["cloudwatch_log_group_retention_period_check AWS::Logs::LogGroup"] = "The rule wants a year; what was asked for is 30 days.",
        ["ecs_container_insights_enabled_check AWS::ECS::Cluster"] = "They cost by the metric: on in prod alone.",
        ["ecs_service_assign_public_ip_disabled_check AWS::ECS::Service"] = "Where there is no NAT gateway, as in dev, a public address is the way out. The security groups let nobody in.",
        ["elbv2_deletion_protection_enabled_check AWS::ElasticLoadBalancingV2::LoadBalancer"] = "On in prod alone, as all protection from deletion.",
        ["elbv2_logging_enabled_check AWS::ElasticLoadBalancingV2::LoadBalancer"] = "The gateway logs each request itself, with the same identifiers as its traces.",
        ["kms_create_grant_aws_service_check AWS::KMS::Key"] = "The statement that the rule means is the account's own, without which nobody could ever change the key.",
        ["lambda_function_public_access_prohibited_check AWS::Lambda::Permission"] = "API Gateway may invoke the function for this one API of this account; the rule sees no further than the principal.",
        ["lambda_inside_vpc_check AWS::Lambda::Function"] = "The gateway's subnets are another stack's: the rule cannot see them. The canary is outside on purpose.",
        ["s3_bucket_default_encryption_kms_check AWS::S3::Bucket"] = "Weights and the page are public; S3's own keys are enough, and CloudFront needs none.",
        ["s3_bucket_logging_enabled_check AWS::S3::Bucket"] = "One bucket is read by the model server alone, the other by CloudFront alone.",
        ["s3_bucket_object_lock_enabled_check AWS::S3::Bucket"] = "What is in them can be made again at any time.",
        ["s3_event_notifications_enabled_check AWS::S3::Bucket"] = "Nobody waits for what is put there.",
    };

    [Fact]
    [Trait("Requirement", "V6.4")]
    [Trait("Requirement", "G6.3")]
    public async Task No_rule_is_broken_without_a_reason()
    {
        var files = new[] { Variant.Full, Variant.Fargate }.SelectMany(variant => templates.AssemblyOf(variant).Stacks).Select(stack => stack.Template);

        var broken = await NodeRules.RunAsync("cfn-guard.mjs", files, TestContext.Current.CancellationToken);

        broken.ShouldBe(Exceptions.Keys, ignoreOrder: true);
    }
}
