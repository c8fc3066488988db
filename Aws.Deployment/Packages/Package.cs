namespace Aws.Deployment.Packages;

/// <summary>What Lambda unpacks and starts.</summary>
/// <param name="Name">The service's name.</param>
/// <param name="Path">The zip.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its hash, in lower-case hexadecimal digits: the same for the same input.</param>
public sealed record Package(string Name, string Path, long Bytes, string Sha256);
