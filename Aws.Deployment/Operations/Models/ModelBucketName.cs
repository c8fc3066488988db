using Aws.Deployment.Configuration;

namespace Aws.Deployment.Operations.Models;

/// <summary>What the stack of state calls the bucket of weights.</summary>
internal static class ModelBucketName
{
    public static string Of(DeploymentOptions options, string account) => $"{options.Prefix}-models-{account}-{options.Region}";
}
