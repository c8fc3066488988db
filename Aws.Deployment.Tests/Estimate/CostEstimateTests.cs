using System.Text.Json.Nodes;
using Aws.Deployment.Estimate;
using Aws.Deployment.Estimate.Reports;
using Aws.Deployment.Estimate.Templates;
using Aws.Deployment.Estimate.Usage;
using Aws.Deployment.Tests.Synthesis;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Estimate;

public sealed class CostEstimateTests(Synthesis.Templates templates, ITestOutputHelper output)
{
    // The second figures are reckoned by hand from the price list of eu-central-1, with 730 hours and 100,000 requests a month.
    [Theory]
    [Trait("Requirement", "V8.1")]
    [Trait("Requirement", "V8.3")]
    [InlineData("AWS::Lambda::Function", """{"MemorySize": 1024}""", "time of functions", 2.667)] // 100,000 × 2 s × 1 GB × 0.0000133334
    [InlineData("AWS::Lambda::Function", """{"MemorySize": 1024}""", "calls", 0.02)] // 0.1 × 0.20
    [InlineData("AWS::ApiGateway::RestApi", "{}", "requests", 0.37)] // 0.1 × 3.70
    [InlineData("AWS::ApiGateway::RestApi", "{}", "data out", 0.036)] // 100,000 × 4 KB = 0.4 GB × 0.09
    [InlineData("AWS::EC2::NatGateway", "{}", "NAT gateway", 37.96)] // 730 × 0.052
    [InlineData("AWS::EC2::NatGateway", "{}", "data through it", 0.0416)] // 100,000 × 8 KB = 0.8 GB × 0.052
    [InlineData("AWS::EC2::EIP", "{}", "public address", 3.65)] // 730 × 0.005
    [InlineData("AWS::EC2::VPCEndpoint", """{"VpcEndpointType": "Interface", "ServiceName": "com.amazonaws.eu-central-1.ssm", "SubnetIds": [{}, {}]}""", "endpoint of ssm", 14.60)] // 2 × 730 × 0.01
    [InlineData("AWS::EC2::VPCEndpoint", """{"VpcEndpointType": "Interface", "ServiceName": "com.amazonaws.eu-central-1.bedrock-runtime", "SubnetIds": [{}]}""", "data through it", 0.008)] // 0.8 GB × 0.01
    [InlineData("AWS::ElasticLoadBalancingV2::LoadBalancer", """{"Scheme": "internal"}""", "load balancer", 19.71)] // 730 × 0.027
    [InlineData("AWS::ElasticLoadBalancingV2::LoadBalancer", """{"Scheme": "internal"}""", "capacity units", 0.584)] // 730 × 0.1 × 0.008
    [InlineData("AWS::ElasticLoadBalancingV2::LoadBalancer", """{"Scheme": "internet-facing", "Subnets": [{}, {}]}""", "public addresses", 7.30)] // 2 × 730 × 0.005
    [InlineData("AWS::DynamoDB::Table", "{}", "writes", 0.3125)] // 0.1 × 5 × 0.625
    [InlineData("AWS::DynamoDB::Table", "{}", "reads", 0.0125)] // 0.1 × 1 × 0.125
    [InlineData("AWS::DynamoDB::Table", "{}", "storage", 0.125)] // 0.5 GB × 0.25
    [InlineData("AWS::DynamoDB::Table", """{"PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": true}}""", "point-in-time recovery", 0.10)] // 0.5 GB × 0.20
    [InlineData("AWS::ElastiCache::ServerlessCache", "{}", "data in Valkey", 6.132)] // 0.1 GB × 730 × 0.084
    [InlineData("AWS::ElastiCache::ServerlessCache", "{}", "work of Valkey", 0.0023)] // 0.1 × 10 × 0.0023
    [InlineData("AWS::Logs::LogGroup", """{"LogGroupName": "/ai-gateway/dev/gateway"}""", "logs taken in", 0.15)] // 100,000 × 3 KB = 0.3 GB × 0.50
    [InlineData("AWS::Logs::LogGroup", """{"LogGroupName": "/ai-gateway/dev/gateway"}""", "logs kept", 0.009)] // 0.3 GB × 0.03
    [InlineData("AWS::Logs::LogGroup", """{"LogGroupName": "/ai-gateway/dev/gateway"}""", "metrics that the services write", 7.50)] // 25 × 0.30
    [InlineData("AWS::Logs::LogGroup", """{"LogGroupName": "/ai-gateway/dev/cost"}""", "logs taken in", 0.025)] // 0.05 GB × 0.50
    [InlineData("AWS::CloudWatch::Alarm", """{"MetricName": "Errors"}""", "alarm", 0.10)]
    [InlineData("AWS::CloudWatch::Alarm", """{"Metrics": [{"Id": "e", "Expression": "a/b"}, {"Id": "a", "MetricStat": {}}, {"Id": "b", "MetricStat": {}}]}""", "alarm", 0.20)]
    [InlineData("AWS::CloudWatch::Dashboard", "{}", "dashboard", 3.00)]
    [InlineData("AWS::ApiGateway::Stage", """{"MethodSettings": [{"MetricsEnabled": true}]}""", "metrics of methods", 1.50)] // 5 × 0.30
    [InlineData("AWS::WAFv2::WebACL", """{"Rules": [{}, {}]}""", "list of rules", 5.00)]
    [InlineData("AWS::WAFv2::WebACL", """{"Rules": [{}, {}]}""", "rules", 2.00)]
    [InlineData("AWS::WAFv2::WebACL", """{"Rules": [{}, {}]}""", "requests", 0.06)] // 0.1 × 0.60
    [InlineData("AWS::CloudFront::Distribution", "{}", "data out", 0.0255)] // 1,000 × 300 KB = 0.3 GB × 0.085
    [InlineData("AWS::CloudFront::Distribution", "{}", "requests", 0.006)] // 5,000 / 10,000 × 0.012
    [InlineData("AWS::S3::Bucket", "{}", "storage", 0.184)] // 8 GB × 0.023
    [InlineData("AWS::ECR::Repository", "{}", "images", 0.05)] // 0.5 GB × 0.10
    [InlineData("AWS::SecretsManager::Secret", "{}", "secret", 0.40)]
    [InlineData("AWS::SecretsManager::Secret", "{}", "calls for it", 0.05)] // 10,000 calls
    [InlineData("AWS::KMS::Key", "{}", "key", 1.00)]
    [InlineData("AWS::ServiceDiscovery::PrivateDnsNamespace", "{}", "zone of names inside the network", 0.50)]
    public void A_line_is_what_is_reckoned_by_hand(string type, string properties, string item, double usd)
    {
        var estimate = Of("eu-central-1", EstimateFixtures.Resource("One", type, properties));

        ShouldBeWithinOnePercent(estimate.Lines.Single(line => line.Item == item).Usd.Expected, usd);
        estimate.Unpriced.ShouldBeEmpty();
    }

    [Theory]
    [Trait("Requirement", "V8.3")]
    [InlineData("g5.xlarge", "eu-central-1", 918.34)] // 730 × 1.258
    [InlineData("g5.xlarge", "us-east-1", 734.38)] // 730 × 1.006
    [InlineData("g4dn.xlarge", "eu-central-1", 480.34)] // 730 × 0.658
    [InlineData("g5.2xlarge", "us-east-1", 884.76)] // 730 × 1.212
    public void Instances_with_GPUs_are_billed_by_the_hour_with_their_volumes(string type, string region, double usd)
    {
        var estimate = Of(
            region,
            EstimateFixtures.Resource("Template", "AWS::EC2::LaunchTemplate", $$$"""{"LaunchTemplateData": {"InstanceType": "{{{type}}}", "BlockDeviceMappings": [{"Ebs": {"VolumeSize": 100, "Iops": 4000, "Throughput": 500}}]}}"""),
            EstimateFixtures.Resource("Group", "AWS::AutoScaling::AutoScalingGroup", """{"MinSize": "1", "MaxSize": "4", "MixedInstancesPolicy": {"LaunchTemplate": {"LaunchTemplateSpecification": {"LaunchTemplateId": {"Ref": "Template"}}}}}"""));

        ShouldBeWithinOnePercent(estimate.Lines.Single(line => line.Item == type).Usd.Expected, usd);
        ShouldBeWithinOnePercent(estimate.Lines.Single(line => line.Item == "volumes").Usd.Expected, region == "us-east-1" ? 8.00 : 9.52);
        ShouldBeWithinOnePercent(estimate.Lines.Single(line => line.Item.StartsWith("operations", StringComparison.Ordinal)).Usd.Expected, 5.00); // 1,000 × 0.005
        ShouldBeWithinOnePercent(estimate.Lines.Single(line => line.Item.StartsWith("throughput", StringComparison.Ordinal)).Usd.Expected, 15.00); // 375 × 0.04
    }

    [Fact]
    public void A_service_on_a_schedule_is_billed_for_its_share_of_the_hour()
    {
        var estimate = Of(
            "us-east-1",
            EstimateFixtures.Resource("Task", "AWS::ECS::TaskDefinition", """{"Cpu": "256", "Memory": "512"}"""),
            EstimateFixtures.Resource("Service", "AWS::ECS::Service", """{"TaskDefinition": {"Ref": "Task"}, "DesiredCount": 1, "NetworkConfiguration": {"AwsvpcConfiguration": {"AssignPublicIp": "ENABLED"}}}"""),
            EstimateFixtures.Resource("Schedule", "AWS::ApplicationAutoScaling::ScalableTarget", """
                {"MinCapacity": 0, "MaxCapacity": 1, "ScheduledActions": [
                  {"Schedule": "cron(0 * * * ? *)", "ScalableTargetAction": {"MinCapacity": 1, "MaxCapacity": 1}},
                  {"Schedule": "cron(15 * * * ? *)", "ScalableTargetAction": {"MinCapacity": 0, "MaxCapacity": 0}}]}
                """));

        ShouldBeWithinOnePercent(estimate.Lines.Single(line => line.Item == "processors of tasks").Usd.Expected, 1.4773); // 182.5 × 0.25 × 0.03238
        ShouldBeWithinOnePercent(estimate.Lines.Single(line => line.Item == "memory of tasks").Usd.Expected, 0.3249); // 182.5 × 0.5 × 0.00356
        ShouldBeWithinOnePercent(estimate.Lines.Single(line => line.Item == "public addresses of tasks").Usd.Expected, 0.9125); // 182.5 × 0.005
    }

    [Fact]
    public void A_function_on_a_schedule_is_billed_for_its_own_calls()
    {
        var estimate = Of(
            "us-east-1",
            EstimateFixtures.Resource("Canary", "AWS::Lambda::Function", """{"MemorySize": 128}"""),
            EstimateFixtures.Resource("Rule", "AWS::Events::Rule", """{"ScheduleExpression": "rate(5 minutes)", "Targets": [{"Arn": {"Fn::GetAtt": ["Canary", "Arn"]}}]}"""));

        ShouldBeWithinOnePercent(estimate.Lines.Single(line => line.Item == "calls").Quantity.Expected, 0.00876); // 730 × 12 calls
        ShouldBeWithinOnePercent(estimate.Lines.Single(line => line.Item == "time of functions").Usd.Expected, 0.0146); // 8,760 s × 0.125 GB × 0.0000133334
    }

    [Fact]
    [Trait("Requirement", "V8.1")]
    public void What_has_no_price_is_listed_and_a_price_of_another_region_is_said()
    {
        var estimate = Of(
            "eu-central-1",
            EstimateFixtures.Resource("Odd", "AWS::Neptune::DBCluster"),
            EstimateFixtures.Resource("Role", "AWS::IAM::Role"),
            EstimateFixtures.Resource("Nat", "AWS::EC2::NatGateway"),
            EstimateFixtures.Resource("Secret", "AWS::SecretsManager::Secret"));

        estimate.Unpriced.ShouldBe([new UnpricedResource("stack", "Odd", "AWS::Neptune::DBCluster", "the type is not known to the estimate")]);
        estimate.Lines.Select(line => (line.Resource, line.PriceRegion)).Distinct().ShouldBe([("Nat", "eu-central-1"), ("Secret", "us-east-1")]);
        ShouldBeWithinOnePercent(estimate.OfOtherRegion.Expected, 0.45);
        Of("us-east-1", EstimateFixtures.Resource("Secret", "AWS::SecretsManager::Secret")).OfOtherRegion.Expected.ShouldBe(0);
    }

    [Fact]
    [Trait("Requirement", "V8.1")]
    public void What_rests_on_general_knowledge_is_said_in_each_report()
    {
        var estimate = Of("us-east-1", EstimateFixtures.Resource("Secret", "AWS::SecretsManager::Secret"), EstimateFixtures.Resource("Key", "AWS::KMS::Key"));

        ShouldBeWithinOnePercent(estimate.Unchecked.Expected, 1);
        foreach (var report in new[] { EstimateText.Of(estimate), EstimateMarkdown.Of(estimate) })
        {
            report.ShouldContain("Not compared with AWS's price list, but written down from general knowledge: 1.00 of the expected total");
        }

        JsonNode.Parse(EstimateJson.Of(estimate))!["lines"]!.AsArray().Count(line => !(bool)line!["price_checked"]!).ShouldBe(1);
    }

    [Fact]
    [Trait("Requirement", "V8.1")]
    public void Development_without_GPUs_costs_at_most_100_dollars_at_100000_requests()
    {
        var usage = UsageFile.Read(UsageFile.Default, "dev");
        var estimate = CostEstimate.Of(SetOf(Variant.Dev), usage, EstimateFixtures.Prices, "dev", Variant.Dev.Options.Region);

        usage.Requests.Expected.ShouldBe(100_000);
        estimate.Total.Expected.ShouldBeInRange(20, 100);
        estimate.Total.Low.ShouldBeLessThan(estimate.Total.Expected);
        estimate.Total.High.ShouldBeGreaterThan(estimate.Total.Expected);
        output.WriteLine(Aws.Deployment.Estimate.Reports.EstimateText.Of(estimate));
    }

    [Fact]
    [Trait("Requirement", "V8.3")]
    [Trait("Requirement", "V8.4")]
    public void An_environment_with_everything_has_all_that_is_billed_by_type()
    {
        var estimate = CostEstimate.Of(SetOf(Variant.Full), UsageFile.Read(UsageFile.Default, "prod"), EstimateFixtures.Prices, "prod", Variant.Full.Options.Region);

        var byType = estimate.ByType.ToDictionary(one => one.Type, one => one.Usd.Expected);
        foreach (var type in new[] { "AWS::AutoScaling::AutoScalingGroup", "AWS::ApiGateway::RestApi", "AWS::Lambda::Function", "AWS::DynamoDB::Table", "AWS::Logs::LogGroup", "AWS::CloudWatch::Alarm", "AWS::CloudWatch::Dashboard" })
        {
            byType.ShouldContainKey(type);
            byType[type].ShouldBeGreaterThan(0);
        }

        estimate.Lines.ShouldContain(line => line.Item == "data out");
        byType.Values.Sum().ShouldBe(estimate.Total.Expected);
    }

    [Fact]
    [Trait("Requirement", "V8.1")]
    public void The_estimate_knows_every_type_that_the_stacks_have()
    {
        var estimates = Variant.All.Select(variant => CostEstimate.Of(SetOf(variant), EstimateFixtures.Usage, EstimateFixtures.Prices, variant.Environment, variant.Options.Region));

        // How many metrics Container Insights makes is not known beforehand.
        estimates.SelectMany(estimate => estimate.Unpriced).Where(one => one.Type != "AWS::ECS::Cluster").ShouldBeEmpty();
    }

    private static CostEstimate Of(string region, params TemplateResource[] resources) =>
        CostEstimate.Of(new TemplateSet(resources), EstimateFixtures.Usage, EstimateFixtures.Prices, "dev", region);

    private TemplateSet SetOf(Variant variant) => TemplateSet.Read(templates.AssemblyOf(variant).Folder);

    private static void ShouldBeWithinOnePercent(decimal actual, double byHand) => actual.ShouldBe((decimal)byHand, (decimal)byHand * 0.01m);
}
