using Amazon.CDK.AWS.EC2;
using Aws.Deployment.Configuration;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>Who may talk to whom. From outside the VPC nobody is admitted but to a public load balancer, on port 443.</summary>
internal sealed class SecurityGroups : Construct
{
    public const int Https = 443;

    private const string Anywhere = "0.0.0.0/0";

    // A group whose rules are left out may send everything everywhere; this one rule leads nowhere.
    private static readonly CfnSecurityGroup.EgressProperty Nothing = new() { IpProtocol = "icmp", FromPort = 252, ToPort = 86, CidrIp = "255.255.255.255/32", Description = "Nothing" };
    private static readonly CfnSecurityGroup.EgressProperty HttpsAnywhere = new() { IpProtocol = "tcp", FromPort = Https, ToPort = Https, CidrIp = Anywhere, Description = "HTTPS" };

    private readonly string _vpc;

    public SecurityGroups(Construct scope, string vpc, DeploymentOptions options)
        : base(scope, "Groups")
    {
        _vpc = vpc;
        Gateway = Add("Gateway", "The gateway", HttpsAnywhere);
        Cache = Add("Cache", "Valkey", Nothing);
        Products = Add("Products", "The product server", HttpsAnywhere);
        Cost = Add("Cost", "The cost worker", HttpsAnywhere);
        Endpoints = Add("Endpoints", "Endpoints of AWS services", Nothing);

        Admit(nameof(Gateway), Gateway, nameof(Cache), Cache, StateStack.CachePort);
        Admit(nameof(Cost), Cost, nameof(Cache), Cache, StateStack.CachePort);
        Admit(nameof(Gateway), Gateway, nameof(Products), Products, ProductsStack.Port);
        Admit(nameof(Gateway), Gateway, nameof(Cost), Cost, CostStack.Port);
        AdmitOnly(nameof(Gateway), Gateway, nameof(Endpoints), Endpoints, Https);
        AdmitOnly(nameof(Products), Products, nameof(Endpoints), Endpoints, Https);
        AdmitOnly(nameof(Cost), Cost, nameof(Endpoints), Endpoints, Https);
        if (!options.Gateway.IsLambda)
        {
            Balancer = Add("Balancer", "Load balancer of the gateway", Nothing);
            _ = new CfnSecurityGroupIngress(this, "AnybodyToBalancer", new CfnSecurityGroupIngressProps
            {
                GroupId = Balancer, IpProtocol = "tcp", FromPort = Https, ToPort = Https, CidrIp = Anywhere, Description = "HTTPS from anywhere",
            });
            Admit(nameof(Balancer), Balancer, nameof(Gateway), Gateway, GatewayStack.Port);
        }

        if (options.Inference.IsWanted)
        {
            ModelBalancer = Add("ModelBalancer", "Load balancer of the model server", Nothing);
            Model = Add("Model", "The model server", HttpsAnywhere);
            AdmitOnly(nameof(Gateway), Gateway, nameof(ModelBalancer), ModelBalancer, Https);
            Admit(nameof(ModelBalancer), ModelBalancer, nameof(Model), Model, InferenceStack.Port);
            AdmitOnly(nameof(Model), Model, nameof(Endpoints), Endpoints, Https);
        }
    }

    public string Gateway { get; }

    public string Cache { get; }

    public string Products { get; }

    public string Cost { get; }

    public string Endpoints { get; }

    /// <summary>Where the gateway runs on Fargate.</summary>
    public string? Balancer { get; }

    /// <summary>Where there is a model server.</summary>
    public string? ModelBalancer { get; }

    /// <summary>Where there is a model server.</summary>
    public string? Model { get; }

    private string Add(string name, string description, CfnSecurityGroup.EgressProperty egress) =>
        new CfnSecurityGroup(this, name, new CfnSecurityGroupProps { VpcId = _vpc, GroupDescription = description, SecurityGroupEgress = new[] { egress } }).AttrGroupId;

    private void Admit(string fromName, string from, string toName, string to, int port)
    {
        AdmitOnly(fromName, from, toName, to, port);
        _ = new CfnSecurityGroupEgress(this, $"{fromName}MaySendTo{toName}", new CfnSecurityGroupEgressProps
        {
            GroupId = from, IpProtocol = "tcp", FromPort = port, ToPort = port, DestinationSecurityGroupId = to, Description = $"{fromName} to {toName}",
        });
    }

    // Whoever may send HTTPS anywhere needs no rule of its own to send it here.
    private void AdmitOnly(string fromName, string from, string toName, string to, int port) => _ = new CfnSecurityGroupIngress(this, $"{fromName}To{toName}", new CfnSecurityGroupIngressProps
    {
        GroupId = to, IpProtocol = "tcp", FromPort = port, ToPort = port, SourceSecurityGroupId = from, Description = $"{toName} from {fromName}",
    });
}
