using System.Text.Json.Nodes;

namespace Local.Model.Schemas;

internal static class SchemaReference
{
    private const int MostHops = 32;

    /// <summary>What <c>#/$defs/name</c> points to; null where it points nowhere.</summary>
    public static JsonNode? Find(string? reference, JsonNode root)
    {
        if (reference is null || !reference.StartsWith('#'))
        {
            return null;
        }

        JsonNode? node = root;
        foreach (var part in reference[1..].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            node = node switch
            {
                JsonObject item => item[name],
                JsonArray list when int.TryParse(name, out var index) && index >= 0 && index < list.Count => list[index],
                _ => null,
            };
        }

        return node;
    }

    /// <summary>The schema with its $ref and allOf folded in.</summary>
    public static JsonObject Fold(JsonObject schema, JsonNode root, int hops = 0)
    {
        if (hops > MostHops || (schema["$ref"] is null && schema["allOf"] is null))
        {
            return schema;
        }

        var folded = new JsonObject();
        foreach (var (name, value) in schema)
        {
            if (name is not ("$ref" or "allOf"))
            {
                folded[name] = value?.DeepClone();
            }
        }

        var parts = schema["allOf"] is JsonArray all ? all.ToList() : [];
        parts.Add(Find((string?)schema["$ref"], root));
        foreach (var part in parts.OfType<JsonObject>())
        {
            Merge(folded, Fold(part, root, hops + 1));
        }

        return folded;
    }

    /// <summary>Adds the rules of <paramref name="more"/> to those of <paramref name="rules"/>, the tighter one where both have it.</summary>
    public static void Merge(JsonObject rules, JsonObject more)
    {
        foreach (var (name, value) in more)
        {
            rules[name] = (name, rules[name], value) switch
            {
                (_, null, _) => value?.DeepClone(),
                ("properties", JsonObject mine, JsonObject theirs) => MergeProperties(mine, theirs),
                ("required", JsonArray mine, JsonArray theirs) => new JsonArray([.. mine.Concat(theirs).Select(item => (string?)item).Distinct().Select(item => (JsonNode?)item)]),
                ("enum", JsonArray mine, JsonArray theirs) => new JsonArray([.. mine.Where(item => theirs.Any(other => JsonNode.DeepEquals(item, other))).Select(item => item?.DeepClone())]),
                ("minimum" or "minLength" or "minItems" or "minProperties" or "exclusiveMinimum", { } mine, { } theirs) => (mine.AsNumber() >= theirs.AsNumber() ? mine : theirs).DeepClone(),
                ("maximum" or "maxLength" or "maxItems" or "maxProperties" or "exclusiveMaximum", { } mine, { } theirs) => (mine.AsNumber() <= theirs.AsNumber() ? mine : theirs).DeepClone(),
                ("additionalProperties", { } mine, _) => mine.DeepClone(),
                ("type", JsonValue mine, JsonArray) => mine.DeepClone(),
                _ => value?.DeepClone(),
            };
        }
    }

    private static JsonObject MergeProperties(JsonObject mine, JsonObject theirs)
    {
        var merged = (JsonObject)mine.DeepClone();
        foreach (var (name, value) in theirs)
        {
            if (merged[name] is JsonObject known && value is JsonObject more)
            {
                Merge(known, more);
            }
            else
            {
                merged[name] = value?.DeepClone();
            }
        }

        return merged;
    }
}
