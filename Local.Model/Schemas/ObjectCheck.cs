using System.Text.Json.Nodes;

namespace Local.Model.Schemas;

internal static class ObjectCheck
{
    public static bool Fits(JsonObject item, JsonObject rules, JsonNode root)
    {
        if (rules["required"] is JsonArray required && required.Any(name => !item.ContainsKey((string?)name ?? "")))
        {
            return false;
        }

        if (item.Count < (rules["minProperties"].AsNumber() ?? 0) || item.Count > (rules["maxProperties"].AsNumber() ?? decimal.MaxValue))
        {
            return false;
        }

        var known = rules["properties"] as JsonObject;
        foreach (var (name, value) in item)
        {
            var schema = known?[name] ?? (known?.ContainsKey(name) == true ? null : rules["additionalProperties"]);
            if (!SchemaCheck.Fits(value, schema, root))
            {
                return false;
            }
        }

        return true;
    }
}
