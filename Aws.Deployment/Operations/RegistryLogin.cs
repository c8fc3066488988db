namespace Aws.Deployment.Operations;

/// <summary>What a registry of container images lets somebody in with, for 12 hours.</summary>
/// <param name="Host">Where it is.</param>
internal sealed record RegistryLogin(string Host, string User, string Password);
