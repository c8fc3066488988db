using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Api.Configuration.Documents;
using ServiceDefaults.Aws;

namespace Gateway.Api.Configuration.Parameters;

/// <summary>
/// Makes section <c>Gateway</c> of parameters. Each step of a name is a step of the key; a value is text, or JSON where it is an object or a
/// list: names of parameters have no room for a colon or for the slash of <c>Prices</c>, and JSON has.
/// </summary>
internal static class ParameterDocument
{
    public static GatewayDocument Of(string prefix, IEnumerable<Parameter> parameters)
    {
        var faults = new List<string>();
        var section = new JsonObject(new JsonNodeOptions { PropertyNameCaseInsensitive = true });
        foreach (var parameter in parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal))
        {
            var steps = parameter.Name[prefix.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
            if (ReadValue(parameter, faults) is not { } value)
            {
                continue;
            }

            if (!TryPut(section, steps, value))
            {
                faults.Add($"{parameter.Name} is both a value and the beginning of other parameters' names, or there twice; upper and lower case make no difference.");
            }
        }

        var document = DocumentCheck.Of(section, isText: true);
        return document with { Faults = [.. faults, .. document.Faults] };
    }

    private static JsonNode? ReadValue(Parameter parameter, List<string> faults)
    {
        if (parameter.Value.TrimStart() is not ['{' or '[', ..])
        {
            return JsonValue.Create(parameter.Value);
        }

        try
        {
            using var json = JsonDocument.Parse(parameter.Value, DocumentReader.AsTheFrameworkReads);
            return JsonNode.Parse(json.RootElement.GetRawText(), new JsonNodeOptions { PropertyNameCaseInsensitive = true }, DocumentReader.AsTheFrameworkReads);
        }
        catch (JsonException broken)
        {
            faults.Add($"{parameter.Name} is no JSON: {broken.Message}");
            return null;
        }
    }

    private static bool TryPut(JsonObject section, string[] steps, JsonNode value)
    {
        var parent = section;
        foreach (var step in steps[..^1])
        {
            parent[step] ??= new JsonObject(section.Options);
            if (parent[step] is not JsonObject below)
            {
                return false;
            }

            parent = below;
        }

        return parent.TryAdd(steps[^1], value);
    }
}
