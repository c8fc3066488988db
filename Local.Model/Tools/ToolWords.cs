using System.Text.Json.Nodes;
using Local.Model.Requests;
using Local.Model.Schemas;
using Local.Model.Tokens;

namespace Local.Model.Tools;

/// <summary>The words by which a message may mean a tool, and how much each says.</summary>
internal sealed class ToolWords
{
    private const int NameWeight = 3;
    private const int EnumWeight = 2;
    private const int OtherWeight = 1;
    private const int MostDepth = 4;

    // What people say, and what tools are called.
    private static readonly (string[] Said, string Meant)[] Synonyms =
    [
        (["find", "look", "search", "buy", "recommend", "shop", "browse", "sell"], "search"),
        (["find", "buy", "recommend", "shop", "sell", "cheap", "sale", "stock", "show"], "product"),
        (["find", "buy", "recommend", "shop", "sell", "show"], "catalog"),
        (["temperature", "rain", "sunny", "forecast", "cold", "warm", "hot", "snow"], "weather"),
        (["cost", "cheap", "much", "expensive"], "price"),
        (["add", "plus", "sum", "minus", "multiply", "divide", "times"], "calculator"),
        (["mail", "write"], "email"),
        (["remind", "meeting", "appointment", "schedule"], "calendar"),
    ];

    private readonly Dictionary<string, int> _weights = new(StringComparer.Ordinal);

    public ToolWords(Tool tool)
    {
        Tool = tool;
        Add(FieldName.Words(tool.Name), NameWeight);
        Add(Words.In(tool.Description), OtherWeight);
        AddProperties(tool.Schema, tool.Schema, 0);
        TakesLists = (SchemaReference.Fold((JsonObject)tool.Schema, tool.Schema)["properties"] as JsonObject ?? [])
            .Any(property => property.Value is JsonObject schema && schema["type"]?.ToString() == "array" && schema["items"]?["type"]?.ToString() == "string");
    }

    public Tool Tool { get; }

    /// <summary>Whether one call can take several subjects at once.</summary>
    public bool TakesLists { get; }

    public int Score(string text)
    {
        var said = Words.In(text).Select(word => word.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        var meant = said.Where(word => !Words.IsStop(word)).Select(Words.Stem).ToHashSet(StringComparer.Ordinal);
        foreach (var (words, synonym) in Synonyms)
        {
            if (said.Overlaps(words))
            {
                meant.Add(synonym);
            }
        }

        return meant.Sum(word => _weights.GetValueOrDefault(word));
    }

    private void AddProperties(JsonNode? schema, JsonNode root, int depth)
    {
        if (schema is not JsonObject given || depth > MostDepth)
        {
            return;
        }

        var rules = SchemaReference.Fold(given, root);
        foreach (var (name, property) in rules["properties"] as JsonObject ?? [])
        {
            Add(FieldName.Words(name), OtherWeight);
            AddProperties(property, root, depth + 1);
        }

        foreach (var value in (rules["enum"] as JsonArray ?? []).OfType<JsonValue>())
        {
            Add(value.TryGetValue(out string? text) ? Words.In(text.Replace('_', ' ')) : [], EnumWeight);
        }

        AddProperties(rules["items"], root, depth + 1);
    }

    private void Add(IEnumerable<string> words, int weight)
    {
        foreach (var word in words.Where(word => !Words.IsStop(word)).Select(Words.Stem))
        {
            _weights[word] = Math.Max(weight, _weights.GetValueOrDefault(word));
        }
    }
}
