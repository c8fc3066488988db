using System.Text.Json.Nodes;

namespace Aws.Deployment.Tests.Synthesis;

/// <summary>One template, to be asked about.</summary>
public sealed record Template(string Concern, JsonNode Json)
{
    public IEnumerable<Resource> Resources => Json[nameof(Resources)]!.AsObject().Select(pair => new Resource(Concern, pair.Key, pair.Value!));

    public IReadOnlyList<Resource> All(string type) => [.. Resources.Where(resource => resource.Type == type)];

    public Resource Only(string type) => Resources.Single(resource => resource.Type == type);

    public Resource Only(string type, Func<JsonNode, bool> which) => Resources.Single(resource => resource.Type == type && which(resource.Properties));
}
