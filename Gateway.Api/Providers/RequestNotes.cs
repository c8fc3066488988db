using System.Collections.Frozen;
using System.Text.Json;
using Gateway.Api.Requests;

namespace Gateway.Api.Providers;

/// <summary>What translating a request for a model comes to, beside the translation itself.</summary>
internal class RequestNotes(string model) : Findings
{
    public string Model { get; } = model;

    /// <summary>The parameters that the model has no place for and that were left out.</summary>
    public List<string> Ignored { get; } = [];

    /// <summary>Notes a parameter that the model has no place for.</summary>
    public void Ignore(string parameter)
    {
        Ignored.Add(parameter);
        Warn($"{parameter} is not supported by {Model} and was ignored");
    }

    /// <summary>Notes which fields of a request's root the model has no place for, and returns those that OpenAI does not have: fields for the model itself.</summary>
    public List<JsonProperty> Sort(JsonElement root, FrozenSet<string> translated, FrozenSet<string> withoutPlace)
    {
        var unknown = new List<JsonProperty>();
        foreach (var property in root.EnumerateObject())
        {
            if (property.NameEquals("functions") || property.NameEquals("function_call"))
            {
                Refuse($"'{property.Name}' was replaced by tools and tool_choice, which {Model} takes here.", property.Name);
            }
            else if (withoutPlace.Contains(property.Name))
            {
                if (!SaysNothing(property))
                {
                    Ignore(property.Name);
                }
            }
            else if (!translated.Contains(property.Name) && property.Value.ValueKind != JsonValueKind.Null)
            {
                unknown.Add(property);
            }
        }

        return unknown;
    }

    /// <summary>Reads a number of a request's root; null where there is none.</summary>
    public double? Number(JsonElement root, string name)
    {
        switch (root.Find(name))
        {
            case null:
                return null;
            // 1e400 is more than a number of ours can say, and no provider's either.
            case { ValueKind: JsonValueKind.Number } number when double.IsFinite(number.GetDouble()):
                return number.GetDouble();
            default:
                Refuse($"'{name}' must be a number.", name, "invalid_type");
                return null;
        }
    }

    // Whether a field says no more than the default, and is not missed where it is left out.
    private static bool SaysNothing(JsonProperty property) => property.Value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => true,
        JsonValueKind.Number => property.NameEquals("best_of") ? property.Value.GetDouble() == 1 : !property.NameEquals("seed") && property.Value.GetDouble() == 0,
        JsonValueKind.String => property.Value.GetString() is "" or "auto" or "default",
        JsonValueKind.Array => property.Value.GetArrayLength() == 0,
        JsonValueKind.Object => property.Value.GetPropertyCount() == 0,
        _ => false,
    };
}
