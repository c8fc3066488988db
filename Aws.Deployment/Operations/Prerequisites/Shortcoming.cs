namespace Aws.Deployment.Operations.Prerequisites;

/// <summary>What is missing before a deployment can begin.</summary>
/// <param name="Remedy">What to do about it, in one sentence.</param>
internal sealed record Shortcoming(string What, string Remedy)
{
    public override string ToString() => $"{What}\n  → {Remedy}";
}
