using Aws.Deployment.Tests.Synthesis;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Stacks;

public sealed class NetworkTests(Templates templates)
{
    [Fact]
    [Trait("Requirement", "V6.1")]
    public void Public_private_and_inference_subnets_in_several_zones()
    {
        var subnets = templates.Of(Variant.Full, "network").All("AWS::EC2::Subnet");

        foreach (var kind in new[] { "Public", "Private", "Inference" })
        {
            subnets.Where(subnet => subnet.Id.StartsWith(kind, StringComparison.Ordinal)).Select(subnet => subnet["AvailabilityZone"]).Distinct().Count().ShouldBe(2, kind);
        }

        subnets.Select(subnet => subnet["CidrBlock"]).ShouldBeUnique();
        subnets.ShouldAllBe(subnet => subnet["MapPublicIpOnLaunch"] == "false");
    }

    [Fact]
    [Trait("Requirement", "V6.2")]
    public void The_model_server_has_no_way_to_the_internet()
    {
        var network = templates.Of(Variant.Full, "network");

        network.All("AWS::EC2::Route").ShouldAllBe(route => !route["RouteTableId"]!.Contains("Inference"));
        network.All("AWS::EC2::SubnetRouteTableAssociation").Where(one => one.Id.StartsWith("Inference", StringComparison.Ordinal)).ShouldAllBe(one => one["RouteTableId"]!.Contains("InferenceRouteTable"));
        ServicesOf(network).ShouldBe(["dynamodb", "ecr.api", "ecr.dkr", "logs", "monitoring", "s3", "secretsmanager", "ssm", "ssmmessages"]);
    }

    [Fact]
    [Trait("Requirement", "V6.2")]
    public void From_a_network_without_a_way_out_nothing_is_carried_to_other_buckets()
    {
        var endpoint = templates.Of(Variant.Full, "network").Only("AWS::EC2::VPCEndpoint", one => ((string)one["ServiceName"]!).EndsWith(".s3", StringComparison.Ordinal));

        endpoint["PolicyDocument", "Statement", "0", "Action"].ShouldBe("""["s3:GetObject","s3:ListBucket","s3:PutObject"]""");
        endpoint["PolicyDocument", "Statement", "0", "Resource"].ShouldBe(
            """["arn:aws:s3:::ai-gateway-prod-models-*","arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*","arn:aws:s3:::al2023-repos-eu-central-1-*/*"]""");
    }

    [Fact]
    [Trait("Requirement", "V6.4")]
    public void Nor_to_other_tables()
    {
        foreach (var variant in Variant.All)
        {
            var endpoint = templates.Of(variant, "network").Only("AWS::EC2::VPCEndpoint", one => ((string)one["ServiceName"]!).EndsWith(".dynamodb", StringComparison.Ordinal));

            endpoint["PolicyDocument", "Statement", "0", "Action"]!.ShouldNotContain("*");
            endpoint["PolicyDocument", "Statement", "0", "Resource"]!.ShouldContain($":table/ai-gateway-{variant.Environment}-*");
        }
    }

    [Fact]
    [Trait("Requirement", "V6.5")]
    public void From_outside_only_HTTPS_is_admitted()
    {
        foreach (var variant in Variant.All)
        {
            var groups = templates.Of(variant).SelectMany(template => template.Resources).ToList();

            groups.Where(one => one.Type == "AWS::EC2::SecurityGroup").ShouldAllBe(group => group["SecurityGroupIngress"] == null);
            var open = groups.Where(one => one.Type == "AWS::EC2::SecurityGroupIngress" && one["SourceSecurityGroupId"] is null).ToList();
            open.Count.ShouldBe(variant == Variant.Fargate ? 1 : 0);
            open.ShouldAllBe(one => one["FromPort"] == "443" && one["ToPort"] == "443" && one["IpProtocol"] == "\"tcp\"");
        }
    }

    [Fact]
    [Trait("Requirement", "V6.4")]
    public void Groups_admit_what_is_needed_and_no_more()
    {
        var rules = templates.Of(Variant.Full, "network").All("AWS::EC2::SecurityGroupIngress").Select(rule => $"{rule["Description"]!.Trim('"')}: {rule["FromPort"]}");

        rules.ShouldBe(
            [
                "Cache from Gateway: 6379", "Cache from Cost: 6379", "Products from Gateway: 8081", "Cost from Gateway: 8083",
                "Endpoints from Gateway: 443", "Endpoints from Products: 443", "Endpoints from Cost: 443",
                "ModelBalancer from Gateway: 443", "Model from ModelBalancer: 8000", "Endpoints from Model: 443",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public void Dev_pays_for_no_NAT_gateway_and_reaches_AWS_by_endpoints()
    {
        var network = templates.Of(Variant.Dev, "network");

        network.All("AWS::EC2::NatGateway").ShouldBeEmpty();
        ServicesOf(network).ShouldBe(["bedrock-runtime", "dynamodb", "s3", "secretsmanager", "ssm"]);
    }

    [Fact]
    public void Prod_has_a_NAT_gateway_in_each_zone()
    {
        var network = templates.Of(Variant.Prod, "network");

        network.All("AWS::EC2::NatGateway").Select(nat => nat["SubnetId"]).Distinct().Count().ShouldBe(2);
        network.All("AWS::EC2::Route").Where(route => route["NatGatewayId"] is not null).Select(route => route["NatGatewayId"]).Distinct().Count().ShouldBe(2);
    }

    private static IEnumerable<string> ServicesOf(Template network) =>
        network.All("AWS::EC2::VPCEndpoint").Select(endpoint => string.Join('.', endpoint["ServiceName"]!.Trim('"').Split('.')[3..])).Order(StringComparer.Ordinal);
}
