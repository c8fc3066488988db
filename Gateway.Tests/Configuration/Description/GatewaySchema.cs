using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Api.Configuration;
using Gateway.Api.Configuration.Description;

namespace Gateway.Tests.Configuration.Description;

/// <summary>Writes <c>docs/gateway.schema.json</c>: what gateway.json may hold, for editors (https://json-schema.org/draft-07).</summary>
internal static class GatewaySchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "gateway.json of the AI Model Gateway",
            ["type"] = "object",
            ["properties"] = new JsonObject { ["$schema"] = new JsonObject { ["type"] = "string" }, [GatewayOptions.Section] = Of(OptionNode.Gateway) },
        };
        return schema.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Of(OptionNode option)
    {
        var schema = option.Kind switch
        {
            OptionKind.Section => new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject(option.Options.Select(below => KeyValuePair.Create(below.Name, (JsonNode?)Of(below)))),
                ["additionalProperties"] = false,
            },
            OptionKind.Map => new JsonObject { ["type"] = "object", ["propertyNames"] = NamesOf(option), ["additionalProperties"] = Of(option.Item!) },
            OptionKind.List => new JsonObject { ["type"] = "array", ["items"] = Of(option.Item!) },
            OptionKind.Value => ValueOf(option),
            _ => [],
        };
        if (option.Property is not null || option.Kind == OptionKind.Section)
        {
            schema.Insert(0, "description", OptionDocs.Of(option));
        }

        return schema;
    }

    private static JsonObject NamesOf(OptionNode map) => new() { ["minLength"] = 1, ["pattern"] = map.HasOwnReader ? "." : "^[^:]+$" };

    private static JsonObject ValueOf(OptionNode option)
    {
        var type = OptionTypes.IsWhole(option) ? "integer" : OptionTypes.IsNumber(option) ? "number" : option.Type == typeof(bool) ? "boolean" : "string";
        var isOptional = option.Property is not null && option.Default is null;
        var schema = new JsonObject { ["type"] = isOptional ? new JsonArray(type, "null") : type };
        if (OptionTypes.ValuesOf(option) is { Count: > 0 } values)
        {
            schema["enum"] = new JsonArray([.. values.Select(value => JsonValue.Create(value)), .. isOptional ? [null] : Array.Empty<JsonNode?>()]);
        }

        if (OptionTypes.RangeOf(option) is { } range)
        {
            (schema["minimum"], schema["maximum"]) = (Number(range.Least), Number(range.Most));
        }

        if (option.Default is { } standard and not (string { Length: 0 } or IEnumerable and not string))
        {
            schema["default"] = standard is string or Enum ? JsonValue.Create(standard.ToString()) : JsonSerializer.SerializeToNode(standard);
        }

        return schema;
    }

    private static JsonValue Number(string text) => JsonValue.Create(decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
}
