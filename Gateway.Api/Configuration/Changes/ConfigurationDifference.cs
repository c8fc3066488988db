using System.Globalization;
using System.Text.Json.Nodes;

namespace Gateway.Api.Configuration.Changes;

/// <summary>How one configuration differs from another, key by key. Secrets are not among the values: the configuration has none.</summary>
internal sealed record ConfigurationDifference(
    IReadOnlyList<ConfigurationDifference.Entry> Added, IReadOnlyList<ConfigurationDifference.Change> Changed, IReadOnlyList<ConfigurationDifference.Entry> Removed)
{
    public static ConfigurationDifference Between(GatewayOptions before, GatewayOptions after)
    {
        var (old, now) = (ValuesOf(before), ValuesOf(after));
        return new(
            [.. now.Where(entry => !old.ContainsKey(entry.Key)).Select(entry => new Entry(entry.Key, entry.Value))],
            [.. now.Where(entry => old.TryGetValue(entry.Key, out var value) && !JsonNode.DeepEquals(value, entry.Value)).Select(entry => new Change(entry.Key, old[entry.Key], entry.Value))],
            [.. old.Where(entry => !now.ContainsKey(entry.Key)).Select(entry => new Entry(entry.Key, entry.Value))]);
    }

    private static SortedDictionary<string, JsonNode?> ValuesOf(GatewayOptions options)
    {
        var values = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        Add(OptionsJson.Of(options), GatewayOptions.Section, values);
        return values;
    }

    private static void Add(JsonNode? node, string path, SortedDictionary<string, JsonNode?> values)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } entries:
                foreach (var (name, value) in entries)
                {
                    Add(value, $"{path}{ConfigurationPath.KeyDelimiter}{name}", values);
                }

                break;
            case JsonArray { Count: > 0 } items:
                for (var i = 0; i < items.Count; i++)
                {
                    Add(items[i], string.Create(CultureInfo.InvariantCulture, $"{path}{ConfigurationPath.KeyDelimiter}{i}"), values);
                }

                break;
            default:
                values[path] = node?.DeepClone();
                break;
        }
    }

    internal sealed record Entry(string Key, JsonNode? Value);

    internal sealed record Change(string Key, JsonNode? Before, JsonNode? After);
}
