using Amazon.CDK.AWS.IAM;

namespace Aws.Deployment.Stacks;

/// <summary>What one service on Fargate differs in from the others.</summary>
internal sealed record ContainerShape
{
    /// <summary>Of the service, its container and its image; what others inside the network call it.</summary>
    public required string Name { get; init; }

    public required int Port { get; init; }

    /// <summary>1,024 are one processor.</summary>
    public int Cpu { get; init; } = 256;

    public int MemoryMegabytes { get; init; } = 512;

    public int DesiredCount { get; init; } = 1;

    /// <summary>0 where two at once would be in each other's way.</summary>
    public int MinimumHealthyPercent { get; init; } = 100;

    public int MaximumPercent { get; init; } = 200;

    public required string SecurityGroup { get; init; }

    public required string RepositoryArn { get; init; }

    /// <summary>The name of the group of logs.</summary>
    public required string Log { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Variables that Secrets Manager fills in: name and <c>arn:key::</c>.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    /// <summary>The secrets that these are of.</summary>
    public IReadOnlyList<string> SecretArns { get; init; } = [];

    public CfnRole.PolicyProperty[] Policies { get; init; } = [];

    /// <summary>Where a load balancer is before it.</summary>
    public string? TargetGroup { get; init; }
}
