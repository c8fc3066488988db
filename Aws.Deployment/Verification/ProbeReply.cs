using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aws.Deployment.Verification;

/// <summary>A reply, read whole.</summary>
internal sealed record ProbeReply(int Status, HttpResponseHeaders Headers, string Text)
{
    private const int LongestQuote = 400;

    /// <summary>The body, where it is a JSON object.</summary>
    public JsonObject? Json { get; } = Parse(Text);

    /// <summary>What is at a path such as <c>error.code</c> or <c>data.0.id</c>, as text; null where nothing is.</summary>
    public string? At(string path)
    {
        JsonNode? node = Json;
        foreach (var step in path.Split('.'))
        {
            node = node switch
            {
                JsonObject map => map[step],
                JsonArray list when int.TryParse(step, CultureInfo.InvariantCulture, out var index) && index < list.Count => list[index],
                _ => null,
            };
        }

        return node is JsonValue value ? value.ToString() : null;
    }

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    public override string ToString()
    {
        var text = Text.ReplaceLineEndings(" ").Trim();
        return $"HTTP {Status} {(text.Length > LongestQuote ? $"{text[..LongestQuote]}…" : text)}".TrimEnd();
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
