using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Aws.Deployment.Configuration;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>Ways to AWS's own services that stay inside the network: free ones for S3 and DynamoDB, and paid ones for what has no other way out.</summary>
internal sealed class Endpoints : Construct
{
    // Lambda where there is no NAT gateway; and the instances of the model server, which never have one.
    private static readonly string[] ForFunctions = ["bedrock-runtime", "secretsmanager", "ssm"];
    private static readonly string[] ForInstances = ["ecr.api", "ecr.dkr", "logs", "monitoring", "secretsmanager", "ssm", "ssmmessages"];

    private static readonly string[] BucketActions = ["s3:GetObject", "s3:ListBucket", "s3:PutObject"];

    public Endpoints(Construct scope, string vpc, string[] subnets, List<string> routeTables, string group, DeploymentOptions options)
        : base(scope, "Endpoints")
    {
        AddGatewayEndpoint("s3", vpc, routeTables, BucketsOf(options));
        AddGatewayEndpoint("dynamodb", vpc, routeTables, TablesOf(options));
        var wanted = new SortedSet<string>(StringComparer.Ordinal);
        if (options.Network.NatGateways == 0)
        {
            wanted.UnionWith(ForFunctions);
        }

        if (options.Inference.IsWanted)
        {
            wanted.UnionWith(ForInstances);
        }

        foreach (var service in wanted)
        {
            _ = new CfnVPCEndpoint(this, service.Replace(".", "-", StringComparison.Ordinal), new CfnVPCEndpointProps
            {
                VpcId = vpc,
                VpcEndpointType = "Interface",
                ServiceName = $"com.amazonaws.{options.Region}.{service}",
                SubnetIds = subnets[..options.Network.EndpointZones],
                SecurityGroupIds = [group],
                PrivateDnsEnabled = true,
            });
        }
    }

    private void AddGatewayEndpoint(string service, string vpc, List<string> routeTables, object policy) => _ = new CfnVPCEndpoint(this, service, new CfnVPCEndpointProps
    {
        VpcId = vpc,
        VpcEndpointType = "Gateway",
        ServiceName = $"com.amazonaws.{Stack.Of(this).Region}.{service}",
        RouteTableIds = [.. routeTables],
        PolicyDocument = policy,
    });

    // Weights of models, the layers of images in ECR, and packages of Amazon Linux; nothing can be carried out to another bucket.
    private static Dictionary<string, object> BucketsOf(DeploymentOptions options) => Anybody(
        BucketActions,
        $"arn:aws:s3:::{options.Prefix}-models-*",
        $"arn:aws:s3:::prod-{options.Region}-starport-layer-bucket/*",
        $"arn:aws:s3:::al2023-repos-{options.Region}-*/*");

    // Nor to a table of somebody else's.
    private Dictionary<string, object> TablesOf(DeploymentOptions options) =>
        Anybody([.. TableActions.OfKeys.Union(TableActions.OfLedger)], $"arn:aws:dynamodb:{options.Region}:{Stack.Of(this).Account}:table/{options.Prefix}-*");

    // Who may do what is the roles' matter.
    private static Dictionary<string, object> Anybody(string[] actions, params string[] resources) =>
        Policy.Document(new Dictionary<string, object>(Policy.Allow(actions, resources)) { ["Principal"] = new Dictionary<string, object> { ["AWS"] = "*" } });
}
