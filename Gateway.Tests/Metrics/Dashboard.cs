using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;

namespace Gateway.Tests.Metrics;

/// <summary>The Grafana dashboard that ships.</summary>
internal static class Dashboard
{
    public static async Task<JsonNode> LoadAsync(CancellationToken cancellationToken) =>
        JsonNode.Parse(await File.ReadAllTextAsync(Repository.PathOf("docs", "grafana", "ai-gateway.json"), cancellationToken))!;

    /// <summary>What it asks Prometheus for, in PromQL with Grafana's variables.</summary>
    public static IEnumerable<string> Expressions(JsonNode dashboard) =>
        dashboard["panels"]!.AsArray().SelectMany(panel => panel!["targets"]?.AsArray() ?? []).Select(target => (string)target!["expr"]!)
            .Append(((string)dashboard["templating"]!["list"]![1]!["query"]!["query"]!).Replace(", instance", "", StringComparison.Ordinal));
}
