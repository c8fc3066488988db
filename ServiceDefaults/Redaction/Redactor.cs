using System.Text.RegularExpressions;

namespace ServiceDefaults.Redaction;

/// <summary>
/// Takes out of a text what nobody may read in a log, trace, error or audit trail: API keys and tokens of the kinds that go through here, e-mail addresses and
/// card numbers. It knows them by their form, so it is the last line of defence and not the first: what is known to be secret is not written at all.
/// </summary>
public static partial class Redactor
{
    public const string Mark = "[redacted]";

    private const int FewestCardDigits = 13;

    /// <summary>The text, or the same without what is not to be read.</summary>
    public static string Mask(string text) => text.Length == 0 ? text : Sensitive().Replace(text, static match => match.Groups["card"].Success && !IsCard(match.ValueSpan) ? match.Value : Mark);

    public static bool IsClean(string text) => string.Equals(Mask(text), text, StringComparison.Ordinal);

    // Luhn's check: https://en.wikipedia.org/wiki/Luhn_algorithm
    private static bool IsCard(ReadOnlySpan<char> text)
    {
        var (sum, digits) = (0, 0);
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (!char.IsAsciiDigit(text[i]))
            {
                continue;
            }

            var digit = text[i] - '0';
            var doubled = digits++ % 2 == 1 ? digit * 2 : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }

        return digits >= FewestCardDigits && sum % 10 == 0;
    }

    // In this order: keys of the gateway, OpenAI and Anthropic; of AWS, by id and by name; of Bedrock; of Slack; of GitHub; JSON Web Tokens; bearer tokens, but
    // for those that stand for one where it is told how to send it;
    // AWS secret keys, which have no form but their length; e-mail addresses; card numbers.
    // What is looked at may be long and a stranger's: a run of letters without an end is tried from its beginning alone, or from where the last
    // match ended, so that the time grows with the length and not with its square.
    [GeneratedRegex(
        """
        \b[srp]k-[A-Za-z0-9_-]{8,}
        | \b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}
        | (?i:secret_?access_?key|session_?token|password|api_?key|client_?secret)["']?\s*[=:]\s*["']?(?!\[redacted\])[^\s"',;&}]{8,}
        | \bABSK[A-Za-z0-9+/=]{16,} | \bbedrock-api-key-[A-Za-z0-9+/=_-]{16,}
        | \bxox[abeoprs]-[A-Za-z0-9-]{8,} | \bxapp-[A-Za-z0-9-]{8,} | hooks\.slack\.com/services/[A-Za-z0-9/]+
        | \bgh[oprsu]_[A-Za-z0-9]{16,} | \bgithub_pat_[A-Za-z0-9_]{16,}
        | (?:\G|(?<![A-Za-z0-9_-]))(?=(?>[A-Za-z0-9_-]+)\.[A-Za-z0-9_-]{4})[A-Za-z0-9_-]*?\beyJ[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*)?
        | (?i:\bbearer)\s+(?!(?:YOUR|ADMIN)_KEY\b)[A-Za-z0-9._~+/=-]{8,}
        | (?<![A-Za-z0-9/+_-])(?=[A-Za-z0-9/+]*[A-Z])(?=[A-Za-z0-9/+]*[a-z])(?=[A-Za-z0-9/+]*[0-9])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=_-])
        | (?:\G|(?<![A-Za-z0-9._%+-]))[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}
        | (?<![\w.])(?<card>[3-6][0-9](?:[ -]?[0-9]){11,17})(?![\w.])
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Sensitive();
}
