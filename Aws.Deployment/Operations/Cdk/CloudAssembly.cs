using System.Text.Json.Nodes;

namespace Aws.Deployment.Operations.Cdk;

/// <summary>What synthesis leaves in a folder (https://github.com/aws/aws-cdk/tree/main/packages/aws-cdk-lib/cx-api).</summary>
/// <param name="Stacks">Each after those that it depends on.</param>
internal sealed record CloudAssembly(string Folder, IReadOnlyList<StackArtifact> Stacks)
{
    private const string StackType = "aws:cloudformation:stack";

    public static CloudAssembly Read(string folder)
    {
        var artifacts = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "manifest.json")))!["artifacts"]!.AsObject();
        var left = artifacts.Where(artifact => (string?)artifact.Value!["type"] == StackType).Select(artifact => Stack(artifact.Key, artifact.Value!, folder)).OrderBy(stack => stack.Name, StringComparer.Ordinal).ToList();
        var ordered = new List<StackArtifact>();
        while (left.Count > 0)
        {
            var ready = left.Where(stack => !stack.DependsOn.Any(other => left.Exists(waiting => waiting.Id == other))).ToList();
            ordered.AddRange(ready);
            left.RemoveAll(ready.Contains);
        }

        return new CloudAssembly(folder, ordered);
    }

    // "environment": "aws://unknown-account/eu-central-1"
    private static StackArtifact Stack(string id, JsonNode artifact, string folder)
    {
        var properties = artifact["properties"]!;
        var template = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, (string)properties["templateFile"]!)))!.AsObject();
        return new StackArtifact(
            id,
            (string?)properties["stackName"] ?? id,
            ((string)artifact["environment"]!).Split('/')[^1],
            [.. artifact["dependencies"]?.AsArray().Select(other => (string)other!) ?? []],
            template);
    }
}
