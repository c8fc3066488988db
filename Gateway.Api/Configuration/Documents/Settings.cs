using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Api.Configuration.Documents;

/// <summary>Makes of JSON the keys and values that configuration consists of: <c>Limits:Retries</c> = <c>2</c>.</summary>
internal static class Settings
{
    public static Dictionary<string, string?> Of(JsonObject document, string path = "")
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        Add(document, path, settings);
        return settings;
    }

    /// <summary>All values below a path of a source.</summary>
    public static void Collect(IConfigurationProvider provider, string path, Dictionary<string, string?> settings)
    {
        foreach (var name in provider.GetChildKeys([], path).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var below = ConfigurationPath.Combine(path, name);
            if (provider.TryGet(below, out var value))
            {
                settings[below] = value;
            }

            Collect(provider, below, settings);
        }
    }

    private static void Add(JsonNode? node, string path, Dictionary<string, string?> settings)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } entries:
                foreach (var (name, value) in entries)
                {
                    Add(value, Below(path, name), settings);
                }

                break;
            case JsonArray { Count: > 0 } items:
                for (var i = 0; i < items.Count; i++)
                {
                    Add(items[i], Below(path, i.ToString(CultureInfo.InvariantCulture)), settings);
                }

                break;
            case JsonValue value:
                settings[path] = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
                break;
            default:
                // An entry without options is one all the same.
                settings[path] = null;
                break;
        }
    }

    private static string Below(string path, string name) => path.Length == 0 ? name : ConfigurationPath.Combine(path, name);
}
