namespace Aws.Deployment.Stacks;

/// <summary>The packages that synthesis takes from a folder.</summary>
internal static class Packages
{
    /// <summary>The gateway for Lambda, with <c>run.sh</c> at its root.</summary>
    public const string Gateway = "gateway.zip";
}
