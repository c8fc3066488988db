using System.Text.Json;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Tools.Context;

/// <summary>
/// What a chat asks for as <c>"product_context": {"query": "wireless keyboard", "filters": {…}, "max_items": 5, "max_tokens": 800}</c>: product data for its model, which need
/// not call tools for it. <c>true</c> asks for all of the defaults; <c>false</c> for none, where an alias has it otherwise.
/// </summary>
/// <param name="Query">The words to look for; null for those of the last message.</param>
/// <param name="Filters">As <c>search_catalog</c> takes them; null for what the words say of price and availability.</param>
/// <param name="MaxItems">How many products at most, 1 to 20; 5 where not said.</param>
/// <param name="MaxTokens">How many tokens the data takes at most, at four bytes each; 50 to 10000, 800 where not said.</param>
internal sealed record ContextRequest(string? Query, JsonElement? Filters, int MaxItems = 5, int MaxTokens = 800)
{
    private const string Name = "product_context";

    public static readonly ContextRequest Default = new(null, null);

    /// <summary>Returns why it is refused, or null; what is asked for is null where that is nothing.</summary>
    public static Refusal? Read(JsonElement given, out ContextRequest? request)
    {
        request = given.ValueKind == JsonValueKind.True ? Default : null;
        if (given.ValueKind is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null)
        {
            return null;
        }

        if (given.ValueKind != JsonValueKind.Object)
        {
            return Refusal.InvalidRequest($"'{Name}' must be an object or a boolean.", Name, "invalid_type");
        }

        request = Default;
        foreach (var field in given.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null))
        {
            if (Read(field, ref request) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private static Refusal? Read(JsonProperty field, ref ContextRequest request)
    {
        var param = $"{Name}.{field.Name}";
        switch (field.Name)
        {
            case "query" when field.Value.ValueKind == JsonValueKind.String:
                request = request with { Query = field.Value.GetString() };
                return null;
            case "filters" when field.Value.ValueKind == JsonValueKind.Object:
                request = request with { Filters = field.Value.Clone() };
                return null;
            case "max_items" when IsIn(field.Value, 1, 20, out var items):
                request = request with { MaxItems = items };
                return null;
            case "max_tokens" when IsIn(field.Value, 50, 10_000, out var tokens):
                request = request with { MaxTokens = tokens };
                return null;
            case "query" or "filters" or "max_items" or "max_tokens":
                return Refusal.InvalidRequest($"'{param}' is not what it may be: query is a string, filters an object, max_items 1 to 20, max_tokens 50 to 10000.", param, "invalid_value");
            default:
                return Refusal.InvalidRequest($"Unknown parameter: '{param}'; there are query, filters, max_items and max_tokens.", param, "unknown_parameter");
        }
    }

    private static bool IsIn(JsonElement value, int least, int most, out int number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out number) && number >= least && number <= most;
    }
}
