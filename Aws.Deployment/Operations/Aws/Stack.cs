namespace Aws.Deployment.Operations.Aws;

/// <summary>A stack of CloudFormation as it is at a moment.</summary>
internal sealed record Stack(string Name, string Id, string Status, string? Reason, bool IsProtected, DateTimeOffset CreatedAt, IReadOnlyDictionary<string, string> Outputs)
{
    /// <summary>As the arguments of AWS's own command have it.</summary>
    public string Arguments => $"--stack-name {Name} --region {Id.Split(':')[3]}";
}
