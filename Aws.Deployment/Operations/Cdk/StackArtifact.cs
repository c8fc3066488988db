using System.Text.Json.Nodes;

namespace Aws.Deployment.Operations.Cdk;

/// <summary>A stack that synthesis made.</summary>
/// <param name="Id">CDK's name of it in the assembly.</param>
/// <param name="Name">CloudFormation's.</param>
/// <param name="DependsOn">The ids of those that have to be there before.</param>
internal sealed record StackArtifact(string Id, string Name, string Region, IReadOnlyList<string> DependsOn, JsonObject Template)
{
    public bool HasParameter(string name) => (Template["Parameters"] as JsonObject)?.ContainsKey(name) is true;
}
