using System.Text.Json.Nodes;
using Local.Model.Prompts;
using Local.Model.Tokens;

namespace Local.Model.Schemas;

/// <summary>What a number field could be: a number of the prompt that suits its name, else one that its bounds allow.</summary>
internal static class NumberGuess
{
    private const int MinorUnits = 100;

    public static decimal? Grounded(string name, JsonObject schema, PromptFacts facts, bool isRequired)
    {
        var words = FieldName.Words(name);
        var stems = words.Select(Words.Stem).ToHashSet(StringComparer.Ordinal);
        var isCount = words.Overlaps(["limit", "count", "quantity", "top", "items", "results", "size", "amount"]);
        var found = facts.TakeNumber(number => number.After.Length > 0 && stems.Contains(Words.Stem(number.After)));
        if (words.Overlaps(["max", "maximum", "budget", "ceiling", "below", "under"]) && !isCount)
        {
            found ??= facts.TakeNumber(number => number.IsUpperBound) ?? facts.TakeNumber(number => number.IsMoney && !number.IsLowerBound);
        }
        else if (words.Overlaps(["min", "minimum", "floor", "above", "over"]) && !isCount)
        {
            found ??= facts.TakeNumber(number => number.IsLowerBound);
        }
        else
        {
            found ??= facts.TakeNumber(number => isCount ? number.IsCount : words.Contains("price") && number.IsMoney);
            found ??= isRequired ? facts.TakeNumber(_ => true) : null;
        }

        var description = (string?)schema["description"] ?? "";
        var isMinor = description.Contains("minor unit", StringComparison.OrdinalIgnoreCase) || description.Contains("smallest unit", StringComparison.OrdinalIgnoreCase);
        return found * (isMinor ? MinorUnits : 1);
    }

    /// <summary>Numbers that the bounds may allow, the plainest first.</summary>
    public static IEnumerable<decimal> Allowed(JsonObject schema, int variation)
    {
        var step = schema["multipleOf"].AsNumber() is > 0 and var given ? given : 1;
        var (low, high) = (schema["minimum"].AsNumber() ?? schema["exclusiveMinimum"].AsNumber(), schema["maximum"].AsNumber() ?? schema["exclusiveMaximum"].AsNumber());
        if (schema["default"].AsNumber() is { } usual && variation == 0)
        {
            yield return usual;
        }

        yield return step * (1 + variation);
        if (low is { } least)
        {
            var first = Math.Ceiling(least / step) * step;
            yield return first + step * variation;
            yield return first + step * (variation + 1);
            yield return least;
        }

        if (high is { } most)
        {
            var last = Math.Floor(most / step) * step;
            yield return last - step * variation;
            yield return last - step * (variation + 1);
            yield return most;
            yield return ((low ?? most - 1) + most) / 2;
        }

        yield return 0;
    }
}
