using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.ServiceDiscovery;
using Aws.Deployment.Configuration;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>
/// One VPC. Public subnets hold load balancers and NAT gateways, private ones what calls providers, and those of the model server have no way
/// out but to AWS's own services.
/// </summary>
internal sealed class NetworkStack : ConcernStack
{
    // A /16 has room for sixteen /20: from 0 on public, from 64 private, from 128 the model server's.
    private const int PublicFrom = 0;
    private const int PrivateFrom = 64;
    private const int InferenceFrom = 128;
    private const int SubnetStep = 16;

    private readonly string _base;
    private readonly List<string> _routeTables = [];

    public NetworkStack(Construct scope, DeploymentOptions options)
        : base(scope, options, "network", "VPC, subnets, endpoints, security groups and the cluster of containers")
    {
        _base = options.Network.Cidr[..^".0.0/16".Length];
        var vpc = new CfnVPC(this, "Vpc", new CfnVPCProps
        {
            CidrBlock = options.Network.Cidr,
            EnableDnsHostnames = true,
            EnableDnsSupport = true,
            Tags = [NameTag(options.Prefix)],
        });
        VpcId = vpc.Ref;
        PublicSubnets = AddPublicSubnets();
        PrivateSubnets = AddPrivateSubnets();
        InferenceSubnets = options.Inference.IsWanted ? AddInferenceSubnets() : [];
        Groups = new SecurityGroups(this, VpcId, options);
        _ = new Endpoints(this, VpcId, PrivateSubnets, _routeTables, Groups.Endpoints, options);
        Namespace = new CfnPrivateDnsNamespace(this, "Names", new CfnPrivateDnsNamespaceProps { Name = DnsOf(options), Vpc = VpcId }).AttrId;
        Cluster = new CfnCluster(this, "Cluster", new CfnClusterProps
        {
            ClusterName = options.Prefix,
            ClusterSettings = new[] { new CfnCluster.ClusterSettingsProperty { Name = "containerInsights", Value = options.ProtectData ? "enabled" : "disabled" } },
        }).Ref;
        if (options.Network.FlowLogs)
        {
            _ = new FlowLog(this, VpcId, options);
        }

        Output("VpcId", "The VPC.", VpcId);
    }

    public string VpcId { get; }

    public string[] PublicSubnets { get; }

    public string[] PrivateSubnets { get; }

    public string[] InferenceSubnets { get; }

    public SecurityGroups Groups { get; }

    /// <summary>Of services inside the network.</summary>
    public string Namespace { get; }

    /// <summary>What containers run in.</summary>
    public string Cluster { get; }

    /// <summary>Where containers run that call the internet: without a NAT gateway that is where public addresses are.</summary>
    public string[] ContainerSubnets => Options.Network.NatGateways > 0 ? PrivateSubnets : PublicSubnets;

    public string PublicAddresses => Options.Network.NatGateways > 0 ? "DISABLED" : "ENABLED";

    /// <summary>What the names of services inside the network end with.</summary>
    public static string DnsOf(DeploymentOptions options) => $"{options.Prefix}.internal";

    private string[] AddPublicSubnets()
    {
        var gateway = new CfnInternetGateway(this, "InternetGateway");
        var attachment = new CfnVPCGatewayAttachment(this, "InternetGatewayAttachment", new CfnVPCGatewayAttachmentProps { VpcId = VpcId, InternetGatewayId = gateway.Ref });
        var table = AddRouteTable("Public");
        new CfnRoute(this, "PublicRoute", new CfnRouteProps { RouteTableId = table, DestinationCidrBlock = "0.0.0.0/0", GatewayId = gateway.Ref }).AddDependency(attachment);
        return AddSubnets("Public", PublicFrom, _ => table);
    }

    private string[] AddPrivateSubnets()
    {
        var nats = Enumerable.Range(0, Options.Network.NatGateways).Select(AddNatGateway).ToArray();
        return AddSubnets("Private", PrivateFrom, zone =>
        {
            var table = AddRouteTable($"Private{zone}");
            if (nats.Length > 0)
            {
                _ = new CfnRoute(this, $"PrivateRoute{zone}", new CfnRouteProps { RouteTableId = table, DestinationCidrBlock = "0.0.0.0/0", NatGatewayId = nats[zone % nats.Length] });
            }

            return table;
        });
    }

    private string[] AddInferenceSubnets()
    {
        var table = AddRouteTable("Inference");
        return AddSubnets("Inference", InferenceFrom, _ => table);
    }

    private string[] AddSubnets(string kind, int from, Func<int, string> routeTable) => [.. Enumerable.Range(0, Options.Network.Zones).Select(zone =>
    {
        var subnet = new CfnSubnet(this, $"{kind}Subnet{zone}", new CfnSubnetProps
        {
            VpcId = VpcId,
            AvailabilityZone = Fn.Select(zone, Fn.GetAzs()),
            CidrBlock = $"{_base}.{from + (zone * SubnetStep)}.0/20",
            MapPublicIpOnLaunch = false,
            Tags = [NameTag($"{Options.Prefix}-{kind.ToLowerInvariant()}-{zone}")],
        });
        _ = new CfnSubnetRouteTableAssociation(this, $"{kind}Routes{zone}", new CfnSubnetRouteTableAssociationProps { SubnetId = subnet.Ref, RouteTableId = routeTable(zone) });
        return subnet.Ref;
    })];

    private string AddNatGateway(int zone)
    {
        var address = new CfnEIP(this, $"NatAddress{zone}", new CfnEIPProps { Domain = "vpc" });
        return new CfnNatGateway(this, $"NatGateway{zone}", new CfnNatGatewayProps { AllocationId = address.AttrAllocationId, SubnetId = PublicSubnets[zone] }).Ref;
    }

    private string AddRouteTable(string name)
    {
        var table = new CfnRouteTable(this, $"{name}RouteTable", new CfnRouteTableProps { VpcId = VpcId, Tags = [NameTag($"{Options.Prefix}-{name.ToLowerInvariant()}")] });
        _routeTables.Add(table.Ref);
        return table.Ref;
    }
}
