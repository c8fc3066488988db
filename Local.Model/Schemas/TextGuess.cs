using System.Globalization;
using System.Text.Json.Nodes;
using Local.Model.Prompts;
using Local.Model.Tokens;

namespace Local.Model.Schemas;

/// <summary>What a string field could be, the likeliest first, by its name and format.</summary>
internal static class TextGuess
{
    public static IEnumerable<(string Text, bool IsGrounded)> For(string name, JsonObject schema, PromptFacts facts)
    {
        foreach (var grounded in Grounded(FieldName.Words(name), (string?)schema["format"], facts).Where(text => text.Length > 0))
        {
            yield return (grounded, true);
        }

        if (TextFormats.Example((string?)schema["format"]) is { } example)
        {
            yield return (example, false);
        }

        foreach (var given in (schema["examples"] as JsonArray ?? []).Prepend(schema["default"]).OfType<JsonValue>())
        {
            if (given.TryGetValue(out string? text))
            {
                yield return (text, false);
            }
        }

        if ((string?)schema["pattern"] is { } pattern)
        {
            foreach (var word in Words.In(facts.Text))
            {
                yield return (word, false);
            }

            yield return (PatternText.For(pattern) ?? "", false);
        }

        yield return (facts.Topic, false);
        yield return (facts.Text, false);
        yield return ("simulated", false);
    }

    private static IEnumerable<string> Grounded(IReadOnlySet<string> name, string? format, PromptFacts facts)
    {
        if (format is "email" || name.Overlaps(["email", "mail"]))
        {
            return facts.Emails;
        }

        if (format is "uri" or "url" || name.Overlaps(["url", "uri", "link", "website"]))
        {
            return facts.Urls;
        }

        if (format is "date" or "date-time" || name.Overlaps(["date", "day", "when"]))
        {
            return format is "date-time" ? facts.Dates.Select(date => $"{date}T00:00:00Z") : facts.Dates;
        }

        if (name.Overlaps(["city", "location", "place", "town", "country", "destination", "origin", "region", "address", "where", "departure", "arrival", "station", "airport"]))
        {
            var wanted = name.Overlaps(["origin", "departure", "from"]) ? "from" : name.Overlaps(["destination", "arrival"]) ? "to" : null;
            var places = facts.Places.Where(place => wanted is null || place.Before == wanted);
            return places.Concat(facts.Places).Select(place => place.Text).Concat(facts.Names);
        }

        if (name.Overlaps(["query", "search", "q", "keyword", "keywords", "term", "terms", "topic", "subject"]))
        {
            return [facts.Subject, facts.Topic];
        }

        if (name.Overlaps(["text", "content", "message", "body", "note", "question", "prompt", "input", "sentence"]))
        {
            return facts.Reply is { } reply && !name.Overlaps(["question", "prompt", "input"]) ? [reply] : facts.Quoted.Append(facts.Text);
        }

        if (name.Overlaps(["answer", "summary", "description", "reply", "response", "explanation", "reason", "reasoning", "comment", "result", "output"]))
        {
            return facts.Reply is { } reply ? [reply] : facts.Quoted;
        }

        if (name.Overlaps(["currency"]))
        {
            return new[] { ('$', "USD"), ('€', "EUR"), ('£', "GBP") }.Where(sign => facts.Whole.Contains(sign.Item1, StringComparison.Ordinal)).Select(sign => sign.Item2);
        }

        if (name.Overlaps(["id", "ids", "code", "sku", "number", "key", "reference", "order", "handle", "ticker", "symbol"]))
        {
            return facts.Codes.Concat(facts.Numbers.Select(number => number.Value.ToString(CultureInfo.InvariantCulture)));
        }

        return name.Overlaps(["name", "title", "person", "author", "customer", "user", "product", "brand", "company", "language", "team", "artist", "recipient", "to"])
            ? facts.Quoted.Concat(facts.Names.OrderByDescending(text => text.Count(char.IsWhiteSpace)))
            : [];
    }
}
