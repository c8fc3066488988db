namespace ServiceDefaults.Aws;

/// <summary>A parameter of AWS Systems Manager's Parameter Store.</summary>
/// <param name="Name">With its path.</param>
/// <param name="Value">Decrypted.</param>
/// <param name="Version">Higher after each change.</param>
public sealed record Parameter(string Name, string Value, long Version)
{
    // A record prints its members; a value may be a secret.
    public override string ToString() => $"{Name} ({Version})";
}
