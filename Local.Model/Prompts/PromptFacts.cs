using System.Globalization;
using System.Text.RegularExpressions;
using Local.Model.Tokens;

namespace Local.Model.Prompts;

/// <summary>What a message mentions: numbers, names, places, quotations, codes. Values are taken out of it to fill arguments.</summary>
internal sealed partial class PromptFacts
{
    private static readonly HashSet<string> Commands = new(
        ["search", "look", "find", "browse", "buy", "recommend", "suggest", "shop", "sell", "offer", "catalogue", "catalog", "product", "products", "stock", "available", "dollars", "euros", "cheap"],
        StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<int> _taken = [];

    public PromptFacts(string text, string? whole = null, string? reply = null)
    {
        Text = text.Trim();
        Whole = whole ?? text;
        Reply = reply;
        Numbers = [.. NumberText().Matches(text).Select(NumberFact.Of)];
        Quoted = Values(QuotedText().Matches(text), "text");
        Emails = Values(EmailText().Matches(text), "text");
        Urls = Values(UrlText().Matches(text), "text");
        Dates = Values(DateText().Matches(text), "text");
        Codes = Values(CodeText().Matches(text), "text");
        Names = Values(NameText().Matches(text), "text").Where(name => !Words.IsStop(name) || name.Contains(' ', StringComparison.Ordinal)).ToList();
        Places = [.. PlaceText().Matches(text).Select(match => (match.Groups["before"].Value.ToLowerInvariant(), match.Groups["text"].Value))];
        Stems = Words.In(Whole).Select(Words.Stem).ToHashSet(StringComparer.Ordinal);
    }

    public string Text { get; }

    /// <summary>The whole message, where the text is only a part of it.</summary>
    public string Whole { get; }

    /// <summary>A reply in plain words, for the texts of a structured answer.</summary>
    public string? Reply { get; }

    public IReadOnlyList<NumberFact> Numbers { get; }

    public IReadOnlyList<string> Quoted { get; }

    public IReadOnlyList<string> Emails { get; }

    public IReadOnlyList<string> Urls { get; }

    public IReadOnlyList<string> Dates { get; }

    public IReadOnlyList<string> Codes { get; }

    public IReadOnlyList<string> Names { get; }

    public IReadOnlyList<(string Before, string Text)> Places { get; }

    public IReadOnlySet<string> Stems { get; }

    /// <summary>The words that carry the meaning, without bounds such as "under 500".</summary>
    public string Topic => string.Join(' ', Words.Salient(BoundText().Replace(Text, " ")));

    /// <summary>The same as one would type it into a search box: without what is to be done with it, and whether it is to be had.</summary>
    public string Subject => string.Join(' ', Words.In(Topic).Where(word => !Commands.Contains(word)));

    /// <summary>Takes the first number that fits and was not taken before.</summary>
    public decimal? TakeNumber(Func<NumberFact, bool> fits)
    {
        for (var index = 0; index < Numbers.Count; index++)
        {
            if (!_taken.Contains(index) && fits(Numbers[index]))
            {
                _taken.Add(index);
                return Numbers[index].Value;
            }
        }

        return null;
    }

    private static List<string> Values(MatchCollection matches, string group) =>
        [.. matches.Select(match => match.Groups[group].Value).Distinct(StringComparer.Ordinal)];

    [GeneratedRegex("""(?<before>(?:[A-Za-z]+\s+){0,3})(?<sign>[$€£]\s?)?(?<![\w-])(?<number>-?\d+(?:,\d{3})*(?:\.\d+)?)(?![\w]*-\w)\s?(?<after>[A-Za-z%°]*)""")]
    private static partial Regex NumberText();

    [GeneratedRegex("""["“«](?<text>[^"”»]+)["”»]""")]
    private static partial Regex QuotedText();

    [GeneratedRegex("""(?<text>[\w.+-]+@[\w-]+(\.[\w-]+)+)""")]
    private static partial Regex EmailText();

    [GeneratedRegex("""(?<text>https?://[^\s"'<>)]+)""")]
    private static partial Regex UrlText();

    [GeneratedRegex("""(?<text>\d{4}-\d\d-\d\d)""")]
    private static partial Regex DateText();

    [GeneratedRegex("""(?<text>\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*\b)""")]
    private static partial Regex CodeText();

    // Capitalised words, but not the first of a sentence unless it is all there is.
    [GeneratedRegex("""(?<=[a-z0-9,;:]\s|["“(])(?<text>\p{Lu}[\p{L}'-]*(?:\s\p{Lu}[\p{L}'-]*)*)|^\W*(?<text>\p{Lu}[\p{L}'-]*(?:\s\p{Lu}[\p{L}'-]*)*)\W*$""")]
    private static partial Regex NameText();

    [GeneratedRegex("""\b(?<before>in|at|for|to|near|from|of|around|In|At|For|To|Near|From)\s+(?<text>\p{Lu}[\p{L}'-]*(?:\s\p{Lu}[\p{L}'-]*)*)""")]
    private static partial Regex PlaceText();

    [GeneratedRegex("""\b(under|below|over|above|less than|more than|at most|at least|up to|max|maximum|min|minimum|cheaper than|between)?\s*[$€£]?\s?\d+(\.\d+)?\s?([$€£]|euros?|dollars?|pounds?|usd|eur|gbp)?(\s+(and|to)\s+[$€£]?\d+(\.\d+)?)?""", RegexOptions.IgnoreCase)]
    private static partial Regex BoundText();
}

/// <summary>A number and the words around it, in lower case.</summary>
internal sealed record NumberFact(decimal Value, string Before, string After, bool IsMoney)
{
    public static NumberFact Of(Match match)
    {
        _ = decimal.TryParse(match.Groups["number"].Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var value);
        var after = match.Groups["after"].Value.ToLowerInvariant();
        return new NumberFact(value, match.Groups["before"].Value.Trim().ToLowerInvariant(), after,
            match.Groups["sign"].Length > 0 || after is "usd" or "eur" or "gbp" or "dollars" or "euros" or "pounds" or "euro" or "dollar");
    }

    public bool IsUpperBound => Ends("under", "below", "max", "maximum", "most", "less than", "up to", "within", "cheaper than", "budget of", "budget is", "not exceeding");

    public bool IsLowerBound => Ends("over", "above", "min", "minimum", "least", "more than", "from", "starting at", "between");

    public bool IsCount => Ends("top", "first", "best", "show", "show me", "list", "find", "find me", "limit", "give me", "only");

    private bool Ends(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (Before.EndsWith(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
