using System.Text.Json;
using System.Text.Json.Nodes;

namespace Local.Model.Schemas;

/// <summary>Tells whether a value fits a JSON schema, as far as the keywords that tools use go.</summary>
internal static class SchemaCheck
{
    public static bool Fits(JsonNode? value, JsonNode? schema, JsonNode root)
    {
        if (schema is JsonValue flag && flag.TryGetValue(out bool all))
        {
            return all;
        }

        if (schema is not JsonObject rules)
        {
            return true;
        }

        return FitsType(value, rules)
            && (rules["const"] is not { } only || JsonNode.DeepEquals(value, only))
            && (rules["enum"] is not JsonArray options || options.Any(option => JsonNode.DeepEquals(value, option)))
            && FitsBranches(value, rules, root)
            && value switch
            {
                JsonObject item => ObjectCheck.Fits(item, rules, root),
                JsonArray list => FitsArray(list, rules, root),
                JsonValue scalar => ScalarCheck.Fits(scalar, rules),
                _ => true,
            };
    }

    private static bool FitsType(JsonNode? value, JsonObject rules) => rules["type"] switch
    {
        null => true,
        JsonArray types => types.Any(type => IsOf(value, (string?)type)),
        var type => IsOf(value, (string?)type),
    };

    private static bool IsOf(JsonNode? value, string? type) => (type, value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        ("null", JsonValueKind.Null) => true,
        ("string", JsonValueKind.String) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("number", JsonValueKind.Number) => true,
        ("integer", JsonValueKind.Number) => value!.AsNumber() is { } number && number == Math.Floor(number),
        ("object", JsonValueKind.Object) => true,
        ("array", JsonValueKind.Array) => true,
        _ => false,
    };

    private static bool FitsBranches(JsonNode? value, JsonObject rules, JsonNode root) =>
        (rules["$ref"] is not { } reference || Fits(value, SchemaReference.Find((string?)reference, root), root))
        && (rules["allOf"] is not JsonArray all || all.All(branch => Fits(value, branch, root)))
        && (rules["anyOf"] is not JsonArray any || any.Any(branch => Fits(value, branch, root)))
        && (rules["oneOf"] is not JsonArray one || one.Count(branch => Fits(value, branch, root)) == 1)
        && (rules["not"] is not { } not || !Fits(value, not, root));

    private static bool FitsArray(JsonArray list, JsonObject rules, JsonNode root)
    {
        var prefix = rules["prefixItems"] as JsonArray ?? rules["items"] as JsonArray ?? [];
        var rest = rules["items"] is JsonArray ? rules["additionalItems"] : rules["items"];
        return list.Count >= (rules["minItems"].AsNumber() ?? 0)
            && list.Count <= (rules["maxItems"].AsNumber() ?? decimal.MaxValue)
            && list.Select((item, index) => Fits(item, index < prefix.Count ? prefix[index] : rest, root)).All(fits => fits)
            && (rules["contains"] is not { } wanted || list.Any(item => Fits(item, wanted, root)))
            && (!rules["uniqueItems"].IsTrue() || list.Select(item => item?.ToJsonString()).Distinct().Count() == list.Count);
    }
}
