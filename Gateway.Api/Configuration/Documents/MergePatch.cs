using System.Text.Json.Nodes;

namespace Gateway.Api.Configuration.Documents;

/// <summary>A JSON merge patch (RFC 7396): objects are merged, null removes, and anything else, a list too, takes the place of what was there.</summary>
internal static class MergePatch
{
    /// <param name="target">Changed, where it is an object.</param>
    /// <param name="patch">Left as it is.</param>
    public static JsonObject Apply(JsonNode? target, JsonObject patch)
    {
        var merged = target as JsonObject ?? new JsonObject(patch.Options);
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                merged.Remove(name);
            }
            else
            {
                merged[name] = value is JsonObject inner ? Apply(merged[name], inner) : value.DeepClone();
            }
        }

        return merged;
    }
}
