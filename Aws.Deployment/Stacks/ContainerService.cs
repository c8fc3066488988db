using System.Globalization;
using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.IAM;
using Aws.Deployment.Configuration;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>Containers on Fargate, arm64: a task of one container, found by its name inside the network; a deployment that does not become healthy is rolled back.</summary>
internal sealed class ContainerService : Construct
{
    /// <summary>The parameter of a stack that says which image runs.</summary>
    public const string ImageParameter = "Image";

    private const int StopSeconds = 60;

    // The images' own user, as .NET's base images have it.
    private const string User = "1654";

    public ContainerService(Construct scope, DeploymentOptions options, NetworkStack network, ContainerShape shape)
        : base(scope, "Service")
    {
        var stack = Stack.Of(this);
        var image = new CfnParameter(stack, ImageParameter, new CfnParameterProps
        {
            Type = "String", Description = $"The image of {shape.Name}, such as 123456789012.dkr.ecr.{options.Region}.amazonaws.com/{options.Path}/{shape.Name}:1.", AllowedPattern = ".+:.+",
        }).ValueAsString;
        var role = new CfnRole(this, "TaskRole", new CfnRoleProps { AssumeRolePolicyDocument = Policy.Trust("ecs-tasks.amazonaws.com"), Policies = shape.Policies });
        var pull = new CfnRole(this, "PullRole", new CfnRoleProps
        {
            AssumeRolePolicyDocument = Policy.Trust("ecs-tasks.amazonaws.com"),
            Policies = (CfnRole.PolicyProperty[])
            [
                Roles.Inline("pull", Policy.Allow(["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], shape.RepositoryArn), Policy.Allow(["ecr:GetAuthorizationToken"], "*")),
                Roles.Inline("logs", Policy.Allow(["logs:CreateLogStream", "logs:PutLogEvents"], $"arn:aws:logs:{stack.Region}:{stack.Account}:log-group:{shape.Log}:*")),
                .. shape.Secrets.Count == 0 ? Array.Empty<CfnRole.PolicyProperty>() : [Roles.Inline("secrets", Policy.Allow(["secretsmanager:GetSecretValue"], [.. shape.SecretArns]))],
            ],
        });
        var definition = new CfnTaskDefinition(this, "Task", new CfnTaskDefinitionProps
        {
            Family = $"{options.Prefix}-{shape.Name}",
            RequiresCompatibilities = ["FARGATE"],
            NetworkMode = "awsvpc",
            Cpu = shape.Cpu.ToString(CultureInfo.InvariantCulture),
            Memory = shape.MemoryMegabytes.ToString(CultureInfo.InvariantCulture),
            RuntimePlatform = new CfnTaskDefinition.RuntimePlatformProperty { CpuArchitecture = "ARM64", OperatingSystemFamily = "LINUX" },
            TaskRoleArn = role.AttrArn,
            ExecutionRoleArn = pull.AttrArn,
            Volumes = new[] { new CfnTaskDefinition.VolumeProperty { Name = "tmp" } },
            ContainerDefinitions = new[] { Container(shape, image, stack.Region) },
        });
        Service = new CfnService(this, "Service", new CfnServiceProps
        {
            ServiceName = $"{options.Prefix}-{shape.Name}",
            Cluster = network.Cluster,
            TaskDefinition = definition.Ref,
            LaunchType = "FARGATE",
            PlatformVersion = "LATEST",
            DesiredCount = shape.DesiredCount,
            PropagateTags = "SERVICE",
            DeploymentConfiguration = new CfnService.DeploymentConfigurationProperty
            {
                MinimumHealthyPercent = shape.MinimumHealthyPercent,
                MaximumPercent = shape.MaximumPercent,
                DeploymentCircuitBreaker = new CfnService.DeploymentCircuitBreakerProperty { Enable = true, Rollback = true },
            },
            NetworkConfiguration = new CfnService.NetworkConfigurationProperty
            {
                AwsvpcConfiguration = new CfnService.AwsVpcConfigurationProperty
                {
                    Subnets = network.ContainerSubnets, SecurityGroups = [shape.SecurityGroup], AssignPublicIp = network.PublicAddresses,
                },
            },
            ServiceRegistries = new[] { new CfnService.ServiceRegistryProperty { RegistryArn = AddName(network.Namespace, shape.Name) } },
            LoadBalancers = shape.TargetGroup is null ? null : new[] { new CfnService.LoadBalancerProperty { ContainerName = shape.Name, ContainerPort = shape.Port, TargetGroupArn = shape.TargetGroup } },
            HealthCheckGracePeriodSeconds = shape.TargetGroup is null ? null : 60,
        });
    }

    public CfnService Service { get; }

    private static CfnTaskDefinition.ContainerDefinitionProperty Container(ContainerShape shape, string image, string region) => new()
    {
        Name = shape.Name,
        Image = image,
        Essential = true,
        Memory = shape.MemoryMegabytes,
        User = User,
        ReadonlyRootFilesystem = true,
        StopTimeout = StopSeconds,
        PortMappings = new[] { new CfnTaskDefinition.PortMappingProperty { ContainerPort = shape.Port, Protocol = "tcp" } },
        MountPoints = new[] { new CfnTaskDefinition.MountPointProperty { ContainerPath = "/tmp", SourceVolume = "tmp", ReadOnly = false } },
        Environment = shape.Environment.Select(pair => new CfnTaskDefinition.KeyValuePairProperty { Name = pair.Key, Value = pair.Value }).ToArray(),
        Secrets = shape.Secrets.Select(pair => new CfnTaskDefinition.SecretProperty { Name = pair.Key, ValueFrom = pair.Value }).ToArray(),
        LogConfiguration = new CfnTaskDefinition.LogConfigurationProperty
        {
            LogDriver = "awslogs",
            Options = new Dictionary<string, string> { ["awslogs-group"] = shape.Log, ["awslogs-region"] = region, ["awslogs-stream-prefix"] = shape.Name },
        },
    };

    private string AddName(string dnsNamespace, string name) => new Amazon.CDK.AWS.ServiceDiscovery.CfnService(this, "Name", new Amazon.CDK.AWS.ServiceDiscovery.CfnServiceProps
    {
        Name = name,
        NamespaceId = dnsNamespace,
        DnsConfig = new Amazon.CDK.AWS.ServiceDiscovery.CfnService.DnsConfigProperty
        {
            RoutingPolicy = "MULTIVALUE", DnsRecords = new[] { new Amazon.CDK.AWS.ServiceDiscovery.CfnService.DnsRecordProperty { Type = "A", Ttl = 10 } },
        },
    }).AttrArn;
}
