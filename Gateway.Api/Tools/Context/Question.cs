using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gateway.Api.Tools.Products;

namespace Gateway.Api.Tools.Context;

/// <summary>
/// A question as a shopper puts it, in English, and the search that it asks for: "a wireless keyboard under 60 dollars in stock" looks for
/// <c>wireless keyboard</c>, at most 60.00 USD, available. It is a reading of words and no model's: what it does not know it leaves in the query.
/// </summary>
internal static partial class Question
{
    private const int LongestQuery = 300;

    public static (string Query, JsonObject Filters, string? Currency) Read(string text)
    {
        var filters = new JsonObject();
        string? currency = null;
        var rest = text.Length > LongestQuery ? text[..LongestQuery] : text;
        if (Range().Match(rest) is { Success: true } range && CurrencyOf(range) is { } both)
        {
            currency = both;
            filters["price"] = new JsonObject { ["min"] = Amount(range.Groups["min"], both), ["max"] = Amount(range.Groups["max"], both) };
            rest = rest.Remove(range.Index, range.Length);
        }
        else if (Bound().Match(rest) is { Success: true } bound && CurrencyOf(bound) is { } one)
        {
            currency = one;
            filters["price"] = new JsonObject { [bound.Groups["above"].Success ? "min" : "max"] = Amount(bound.Groups["max"], one) };
            rest = rest.Remove(bound.Index, bound.Length);
        }

        if (InStock().Match(rest) is { Success: true } stock)
        {
            filters["available"] = true;
            rest = rest.Remove(stock.Index, stock.Length);
        }

        return (Blanks().Replace(Filler().Replace(rest, " "), " ").Trim(), filters, currency);
    }

    private static string? CurrencyOf(Match match) => (match.Groups["sign"].Value + match.Groups["unit"].Value).ToLowerInvariant() switch
    {
        "$" or "dollar" or "dollars" or "bucks" or "usd" or "$dollars" or "$usd" => "USD",
        "€" or "euro" or "euros" or "eur" => "EUR",
        "£" or "pound" or "pounds" or "gbp" => "GBP",
        _ => null,
    };

    private static long? Amount(Group number, string currency) =>
        decimal.TryParse(number.Value.Replace(",", "", StringComparison.Ordinal), NumberStyles.Number, CultureInfo.InvariantCulture, out var units) && units < 1_000_000_000
            ? FoundProducts.InSmallestUnits(units, currency)
            : null;

    [GeneratedRegex("""\bbetween\s+(?<sign>[$€£])?\s*(?<min>\d[\d,]*(\.\d+)?)\s*(?:[$€£]|dollars|euros|pounds)?\s*(?:and|to|-)\s*[$€£]?\s*(?<max>\d[\d,]*(\.\d+)?)\s*(?<unit>dollars?|bucks|usd|euros?|eur|€|pounds?|gbp)?\b""", RegexOptions.IgnoreCase)]
    private static partial Regex Range();

    [GeneratedRegex("""\b(?:(?<above>over|above|more than|at least|from)|under|below|less than|up to|at most|cheaper than|no more than|max(?:imum)?(?: of)?|within|for)\s+(?<sign>[$€£])?\s*(?<max>\d[\d,]*(\.\d+)?)\s*(?<unit>dollars?|bucks|usd|euros?|eur|€|pounds?|gbp)?(?!\w)(?:\s+or less)?""", RegexOptions.IgnoreCase)]
    private static partial Regex Bound();

    [GeneratedRegex("""\b(?:that (?:is|are) |which (?:is|are) )?(?:currently )?(?:in stock|available(?: now)?)\b""", RegexOptions.IgnoreCase)]
    private static partial Regex InStock();

    // What people say around the thing that they want.
    [GeneratedRegex(
        """[?!.;:"]|\b(?:i|i'm|im|i'd|we|you|me|my|us|our|it|is|are|am|be|do|does|did|have|has|had|got|there|can|could|would|should|will|please|thanks|thank|hello|hi|hey|want|need|like|looking|look|search|searching|find|show|get|buy|give|tell|recommend|suggest|recommendation|suggestion|which|what|what's|whats|how|any|some|something|anything|a|an|the|and|or|but|so|of|for|in|on|at|to|with|that|this|these|those|one|good|best|nice|about|your|shop|store|catalogue|catalog|sell|product|products|cost|costs|price|much|cheap|cheaper|cheapest)\b""",
        RegexOptions.IgnoreCase)]
    private static partial Regex Filler();

    [GeneratedRegex("""[\s,]+""")]
    private static partial Regex Blanks();
}
