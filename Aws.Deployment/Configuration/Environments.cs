namespace Aws.Deployment.Configuration;

/// <summary>The environments there are: one file each.</summary>
public static class Environments
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Known { get; } = ["dev", "test", "prod"];
}
