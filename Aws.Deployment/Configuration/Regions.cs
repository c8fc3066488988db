namespace Aws.Deployment.Configuration;

/// <summary>The regions that have all of what the stacks need: Lambda on arm64, response streaming, Bedrock, Valkey without servers, and g5 instances.</summary>
public static class Regions
{
    /// <summary>Where certificates of CloudFront have to be.</summary>
    internal const string Edge = "us-east-1";

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        "ap-northeast-1", "ap-northeast-2", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ca-central-1", "eu-central-1", "eu-north-1",
        "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1", "us-east-1", "us-east-2", "us-west-2",
    ];
}
