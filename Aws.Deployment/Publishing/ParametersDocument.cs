using System.Text.Json;
using System.Text.Json.Nodes;
using Aws.Deployment.Configuration;
using Aws.Deployment.Synthesis;

namespace Aws.Deployment.Publishing;

/// <summary><c>parameters.json</c>: the environment's options as they were decided, and the parameters that each stack is deployed with.</summary>
internal static class ParametersDocument
{
    public static string Of(DeploymentOptions options, DeploymentAssembly assembly) => new JsonObject
    {
        ["options"] = JsonSerializer.SerializeToNode(options),
        ["stacks"] = new JsonObject(assembly.Stacks.Select(stack => KeyValuePair.Create<string, JsonNode?>(stack.Name, ParametersOf(stack)))),
    }.ToJsonString(PublishedJson.Format);

    // "Parameters": { "Image": { "Type": "String", "Description": "…", "AllowedPattern": "…" } }
    private static JsonObject ParametersOf(SynthesizedStack stack) =>
        JsonNode.Parse(File.ReadAllText(stack.Template))!["Parameters"]?.DeepClone() as JsonObject ?? [];
}
