namespace Aws.Deployment.Configuration;

/// <summary>What was asked for cannot be; each fault names its key and what is allowed.</summary>
public sealed class DeploymentOptionsException(IReadOnlyList<string> faults) : Exception(string.Join(System.Environment.NewLine, faults))
{
    /// <summary>All of them.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
