namespace Aws.Deployment.Configuration;

/// <summary>What the command line says over an environment's file; null where it says nothing.</summary>
public sealed record DeploymentOverrides
{
    /// <summary><c>--region</c></summary>
    public string? Region { get; init; }

    /// <summary><c>--domain</c></summary>
    public string? Domain { get; init; }

    /// <summary><c>--compute</c></summary>
    public string? Compute { get; init; }
}
