namespace Aws.Deployment.Operations;

/// <summary>What keeps a command from going on, and what to do about it in one sentence.</summary>
internal sealed class OperationFault(string what, string? remedy) : Exception(remedy is null ? what : $"{what}\n  → {remedy}")
{
    public string What => what;

    public string? Remedy => remedy;
}
