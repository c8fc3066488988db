namespace Aws.Deployment.Packages;

/// <summary>A package or an image could not be made; the message says why.</summary>
public sealed class PackageException(string message) : Exception(message);
