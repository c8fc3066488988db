using Aws.Deployment.Estimate.Templates;

namespace Aws.Deployment.Estimate.Charges;

/// <summary>Which resources are billed for what. A type that is in neither list is one that nobody has thought about, and an estimate says so.</summary>
internal static class ResourceCharges
{
    private static readonly Dictionary<string, Func<TemplateResource, ChargeContext, IEnumerable<Charge>>> Billed = new()
    {
        ["AWS::ApiGateway::RestApi"] = EdgeCharges.Api,
        ["AWS::ApiGateway::Stage"] = MonitoringCharges.Stage,
        ["AWS::AutoScaling::AutoScalingGroup"] = ComputeCharges.Instances,
        ["AWS::CloudFront::Distribution"] = EdgeCharges.Distribution,
        ["AWS::CloudWatch::Alarm"] = MonitoringCharges.Alarm,
        ["AWS::CloudWatch::Dashboard"] = MonitoringCharges.Dashboard,
        ["AWS::DynamoDB::Table"] = StateCharges.Table,
        ["AWS::EC2::EIP"] = NetworkCharges.Address,
        ["AWS::EC2::NatGateway"] = NetworkCharges.NatGateway,
        ["AWS::EC2::VPCEndpoint"] = NetworkCharges.Endpoint,
        ["AWS::ECR::Repository"] = StateCharges.Repository,
        ["AWS::ECS::Cluster"] = MonitoringCharges.Cluster,
        ["AWS::ECS::Service"] = ComputeCharges.Service,
        ["AWS::ElastiCache::ServerlessCache"] = StateCharges.Cache,
        ["AWS::ElasticLoadBalancingV2::LoadBalancer"] = NetworkCharges.LoadBalancer,
        ["AWS::KMS::Key"] = StateCharges.Key,
        ["AWS::Lambda::Function"] = ComputeCharges.Function,
        ["AWS::Logs::LogGroup"] = MonitoringCharges.LogGroup,
        ["AWS::S3::Bucket"] = StateCharges.Bucket,
        ["AWS::SecretsManager::Secret"] = StateCharges.Secret,
        ["AWS::ServiceDiscovery::PrivateDnsNamespace"] = NetworkCharges.PrivateNames,
        ["AWS::WAFv2::WebACL"] = EdgeCharges.Firewall,
    };

    // Free, or billed with what they belong to, or within what AWS gives for nothing at any use that is assumed here (mails, tasks of a scheduler).
    private static readonly HashSet<string> Free =
    [
        "AWS::ApiGateway::BasePathMapping", "AWS::ApiGateway::Deployment", "AWS::ApiGateway::DomainName", "AWS::ApiGateway::GatewayResponse", "AWS::ApiGateway::Method",
        "AWS::ApiGateway::Resource", "AWS::ApiGateway::UsagePlan", "AWS::ApplicationAutoScaling::ScalableTarget", "AWS::ApplicationAutoScaling::ScalingPolicy",
        "AWS::AutoScaling::ScalingPolicy", "AWS::CDK::Metadata", "AWS::CertificateManager::Certificate", "AWS::CloudFront::CachePolicy", "AWS::CloudFront::Function",
        "AWS::CloudFront::OriginAccessControl", "AWS::CloudFront::OriginRequestPolicy", "AWS::CloudFront::ResponseHeadersPolicy", "AWS::EC2::FlowLog",
        "AWS::EC2::InternetGateway", "AWS::EC2::LaunchTemplate", "AWS::EC2::Route", "AWS::EC2::RouteTable", "AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupEgress",
        "AWS::EC2::SecurityGroupIngress", "AWS::EC2::Subnet", "AWS::EC2::SubnetRouteTableAssociation", "AWS::EC2::VPC", "AWS::EC2::VPCGatewayAttachment",
        "AWS::ECS::TaskDefinition", "AWS::ElasticLoadBalancingV2::Listener", "AWS::ElasticLoadBalancingV2::ListenerRule", "AWS::ElasticLoadBalancingV2::TargetGroup",
        "AWS::Events::Rule", "AWS::IAM::InstanceProfile", "AWS::IAM::ManagedPolicy", "AWS::IAM::Policy", "AWS::IAM::Role", "AWS::Lambda::Permission", "AWS::Logs::MetricFilter",
        "AWS::Route53::RecordSet", "AWS::S3::BucketPolicy", "AWS::SNS::Subscription", "AWS::SNS::Topic", "AWS::SNS::TopicPolicy", "AWS::SSM::Parameter", "AWS::Scheduler::Schedule",
        "AWS::ServiceDiscovery::Service", "AWS::WAFv2::LoggingConfiguration", "AWS::WAFv2::WebACLAssociation",
    ];

    /// <returns>Nothing where the resource is free; null where its price is not known.</returns>
    public static IReadOnlyList<Charge>? Of(TemplateResource resource, ChargeContext context) =>
        Billed.TryGetValue(resource.Type, out var charges) ? [.. charges(resource, context)] : Free.Contains(resource.Type) ? [] : null;
}
