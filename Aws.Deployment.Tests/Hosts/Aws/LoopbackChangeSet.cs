using System.Text.Json.Nodes;

namespace Aws.Deployment.Tests.Hosts.Aws;

/// <summary>What a stack is to become.</summary>
internal sealed record LoopbackChangeSet(string Id, LoopbackStack Stack, JsonObject Template, IReadOnlyDictionary<string, string> Tags, IReadOnlyDictionary<string, string> Parameters)
{
    public bool HasChanges => !JsonNode.DeepEquals(Stack.Template, Template)
        || !Stack.Tags.OrderBy(tag => tag.Key).SequenceEqual(Tags.OrderBy(tag => tag.Key))
        || !Stack.Parameters.OrderBy(parameter => parameter.Key).SequenceEqual(Parameters.OrderBy(parameter => parameter.Key));
}
