using System.Globalization;
using System.Text.RegularExpressions;

namespace Local.Model.Answers;

/// <summary>Works out "17 + 25" and "6 times 7".</summary>
internal static partial class Arithmetic
{
    public static string? Answer(Conversation conversation, int index)
    {
        var match = Expression().Match(conversation.Question);
        if (!match.Success
            || !decimal.TryParse(match.Groups["left"].Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var left)
            || !decimal.TryParse(match.Groups["right"].Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var right)
            || Math.Abs(left) > 1_000_000_000_000 || Math.Abs(right) > 1_000_000_000_000)
        {
            return null;
        }

        var (sign, result) = match.Groups["operator"].Value.ToLowerInvariant() switch
        {
            "+" or "plus" => ("+", left + right),
            "-" or "−" or "minus" => ("-", left - right),
            "*" or "x" or "×" or "times" or "multiplied by" => ("×", left * right),
            _ when right == 0 => ("/", (decimal?)null),
            _ => ("/", Math.Round(left / right, 6)),
        };
        var text = result is { } value
            ? string.Create(CultureInfo.InvariantCulture, $"{left} {sign} {right} = {value / 1.000000000000000000000000000000000m}")
            : "Nothing can be divided by zero";
        return SmallTalk.Numbered($"{text}. That much even a simulated model can work out.", index, period: 1);
    }

    [GeneratedRegex("""(?<![\w.])(?<left>-?\d[\d,]*(\.\d+)?)\s*(?<operator>\+|-|−|\*|×|/|÷|x(?=\s*\d)|plus|minus|times|multiplied by|divided by)\s*(?<right>-?\d[\d,]*(\.\d+)?)(?![\w-]|\.\d)""", RegexOptions.IgnoreCase)]
    private static partial Regex Expression();
}
