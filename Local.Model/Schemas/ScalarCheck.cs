using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Local.Model.Schemas;

internal static class ScalarCheck
{
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromMilliseconds(100);

    public static bool Fits(JsonValue value, JsonObject rules) =>
        value.AsNumber() is { } number ? FitsNumber(number, rules) : !value.TryGetValue(out string? text) || FitsText(text, rules);

    private static bool FitsNumber(decimal number, JsonObject rules)
    {
        var (least, most) = (rules["minimum"].AsNumber(), rules["maximum"].AsNumber());
        var (above, below) = (rules["exclusiveMinimum"].AsNumber(), rules["exclusiveMaximum"].AsNumber());
        if (rules["exclusiveMinimum"].IsTrue())
        {
            above = least; // Draft 4 says it with a boolean.
        }

        if (rules["exclusiveMaximum"].IsTrue())
        {
            below = most;
        }

        return number >= (least ?? number)
            && number <= (most ?? number)
            && (above is null || number > above)
            && (below is null || number < below)
            && (rules["multipleOf"].AsNumber() is not { } step || step == 0 || number % step == 0);
    }

    private static bool FitsText(string text, JsonObject rules)
    {
        var length = text.EnumerateRunes().Count();
        return length >= (rules["minLength"].AsNumber() ?? 0)
            && length <= (rules["maxLength"].AsNumber() ?? decimal.MaxValue)
            && ((string?)rules["pattern"] is not { } pattern || Matches(text, pattern))
            && TextFormats.Fits(text, (string?)rules["format"]);
    }

    private static bool Matches(string text, string pattern)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.ECMAScript, PatternTimeout);
        }
        catch (ArgumentException)
        {
            return true; // A pattern that .NET cannot read binds nobody here.
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
