using System.Text.Json;
using System.Text.Json.Nodes;

namespace Local.Model.Answers;

/// <summary>Answers from what tools have said: JSON flattened into a sentence.</summary>
internal static class ToolResultReply
{
    private const int MostValues = 12;
    private const int MostText = 600;

    public static string? Answer(Conversation conversation)
    {
        if (conversation.ToolResults.Count == 0)
        {
            return null;
        }

        var products = conversation.ToolResults.SelectMany(result => ProductFacts.In(result.Text)).Distinct().ToList();
        return products.Count > 0
            ? ProductReply.Describe(products, conversation.Question)
            : string.Join(' ', conversation.ToolResults.Select(Describe)) + " (Simulated answer.)";
    }

    private static string Describe(ToolResult result) => $"According to {result.Name}, {Flatten(result.Text)}.";

    private static string Flatten(string text)
    {
        JsonNode? node;
        try
        {
            node = JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            var trimmed = text.Trim().TrimEnd('.');
            return trimmed.Length == 0 ? "there is nothing to say" : trimmed.Length > MostText ? $"{trimmed[..MostText]}…" : trimmed;
        }

        var values = Values("", node).Take(MostValues).ToList();
        return values.Count == 0 ? "there is nothing" : Sentence.Join(values);
    }

    private static IEnumerable<string> Values(string path, JsonNode? node) => node switch
    {
        JsonObject item => item.SelectMany(property => Values($"{path} {property.Key.Replace('_', ' ')}".Trim(), property.Value)),
        JsonArray list when list.All(element => element is JsonValue) => [$"{(path.Length == 0 ? "the list" : path)} is {Sentence.Join([.. list.Select(element => element!.ToString())])}"],
        JsonArray list => list.SelectMany((element, index) => Values($"{path} {index + 1}".Trim(), element)),
        null => [],
        _ => [path.Length == 0 ? $"the answer is {node}" : $"{path} is {node}"],
    };
}
