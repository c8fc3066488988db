using System.Text.Json.Nodes;
using Local.Model.Prompts;
using Local.Model.Tokens;

namespace Local.Model.Schemas;

/// <summary>The values that a prompt lists for an array of strings or numbers.</summary>
internal static class ListGuess
{
    public static IEnumerable<JsonNode> Mentioned(string name, JsonObject items, PromptFacts facts)
    {
        if (items["enum"] is JsonArray options)
        {
            return options.OfType<JsonValue>()
                .Where(option => option.TryGetValue(out string? text) && Words.In(text.Replace('_', ' ')).All(word => facts.Stems.Contains(Words.Stem(word))))
                .Select(option => option.DeepClone());
        }

        switch ((string?)items["type"])
        {
            case "string":
                var words = FieldName.Words(name).Select(Words.Stem).ToHashSet(StringComparer.Ordinal);
                var texts = words.Overlaps(["keyword", "tag", "term", "word", "topic"]) ? Words.Salient(facts.Text)
                    : words.Overlaps(["id", "code", "sku", "handle", "number"]) ? facts.Codes
                    : words.Overlaps(["email", "mail", "recipient", "attendee"]) && facts.Emails.Count > 0 ? facts.Emails
                    : words.Overlaps(["url", "link"]) ? facts.Urls
                    : facts.Quoted.Count > 0 ? facts.Quoted
                    : facts.Names;
                return texts.Distinct(StringComparer.Ordinal).Select(text => (JsonNode)JsonValue.Create(text));
            case "number" or "integer":
                return facts.Numbers.Select(number => number.Value == Math.Floor(number.Value) ? JsonValue.Create((long)number.Value) : (JsonNode)JsonValue.Create(number.Value));
            default:
                return [];
        }
    }
}
