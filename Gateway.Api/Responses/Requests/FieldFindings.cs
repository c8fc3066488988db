using System.Text.Json;
using Gateway.Api.Requests;

namespace Gateway.Api.Responses.Requests;

/// <summary>What checking a request's fields brings up.</summary>
internal sealed class FieldFindings : Findings
{
    public void RefuseUnknown(string param) => Refuse($"Unknown parameter: '{param}'.", param, "unknown_parameter");

    public void RefuseType(string param, string expected, JsonElement value) => Refuse(Pipeline.Refusal.WrongType(param, expected, TokenOf(value.ValueKind)));

    public void Ignore(string param) => Warn($"{param} was ignored");

    /// <summary>Whether a value is a string; else the request is refused.</summary>
    public bool IsText(JsonElement value, string param) => Is(value.ValueKind == JsonValueKind.String, value, param, "a string");

    public bool IsFlag(JsonElement value, string param) => Is(value.ValueKind is JsonValueKind.True or JsonValueKind.False, value, param, "a boolean");

    public bool IsNumber(JsonElement value, string param) => Is(value.ValueKind == JsonValueKind.Number, value, param, "a number");

    public bool IsObject(JsonElement value, string param) => Is(value.ValueKind == JsonValueKind.Object, value, param, "an object");

    public bool IsList(JsonElement value, string param) => Is(value.ValueKind == JsonValueKind.Array, value, param, "a list");

    public void CheckInteger(JsonElement value, string param, int least, int most)
    {
        if (IsNumber(value, param) && !(value.TryGetInt32(out var number) && number >= least && number <= most))
        {
            Refuse($"'{param}' must be a whole number from {least}{(most == int.MaxValue ? " up" : $" to {most}")}.", param);
        }
    }

    public void CheckOneOf(JsonElement value, string param, params ReadOnlySpan<string> allowed)
    {
        if (IsText(value, param) && !allowed.Contains(value.GetString()!))
        {
            Refuse($"Invalid value: '{value.GetString()}'. Supported values are: {string.Join(", ", allowed.ToArray().Select(name => $"'{name}'"))}.", param, "invalid_value");
        }
    }

    private bool Is(bool holds, JsonElement value, string param, string expected)
    {
        if (!holds)
        {
            RefuseType(param, expected, value);
        }

        return holds;
    }

    private static JsonTokenType TokenOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => JsonTokenType.StartObject,
        JsonValueKind.Array => JsonTokenType.StartArray,
        JsonValueKind.String => JsonTokenType.String,
        JsonValueKind.Number => JsonTokenType.Number,
        JsonValueKind.True => JsonTokenType.True,
        JsonValueKind.False => JsonTokenType.False,
        _ => JsonTokenType.Null,
    };
}
