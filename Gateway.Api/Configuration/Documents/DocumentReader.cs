using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Api.Configuration.Documents;

/// <summary>
/// Reads the JSON that a source of the configuration holds. What the framework does with a file that it cannot read while the service
/// runs is to drop all of its values and say nothing; of two aliases that differ only in upper and lower case it makes one; and what it
/// has no use for it passes over. Here these are faults.
/// </summary>
internal static class DocumentReader
{
    private const string SchemaKey = "$schema";
    private const int LikelyTypo = 2;

    /// <summary>Comments and a comma too many are taken, as the framework does.</summary>
    public static readonly JsonDocumentOptions AsTheFrameworkReads = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    // As names in configuration are.
    private static readonly JsonNodeOptions AnyCase = new() { PropertyNameCaseInsensitive = true };

    /// <summary>A file that has section <c>Gateway</c> and may have others.</summary>
    /// <param name="text">In UTF-8.</param>
    /// <param name="name">What the faults call it.</param>
    /// <param name="settings">All that it says, of other sections too.</param>
    public static GatewayDocument ReadFile(ReadOnlyMemory<byte> text, string name, out Dictionary<string, string?> settings)
    {
        settings = [];
        try
        {
            using var document = JsonDocument.Parse(text[(text.Span.StartsWith("\uFEFF"u8) ? 3 : 0)..], AsTheFrameworkReads);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return GatewayDocument.Unreadable($"{name} must hold a JSON object.");
            }

            if (TwinsIn(document.RootElement, path: "") is { Count: > 0 } twins)
            {
                return GatewayDocument.Unreadable(twins);
            }

            var sections = Without(SchemaKey, document.RootElement);
            settings = Settings.Of(sections);
            var known = DocumentCheck.Of(sections[GatewayOptions.Section], isText: false);
            return known with { Faults = [.. MisspelledSections(sections), .. known.Faults] };
        }
        catch (JsonException broken)
        {
            return GatewayDocument.Unreadable($"{name} is no JSON: {broken.Message}");
        }
        catch (InvalidOperationException exception) when (exception.IsOfText())
        {
            return GatewayDocument.Unreadable($"{name} holds text that is no Unicode: half of a surrogate pair, such as \\ud800 alone.");
        }
    }

    /// <summary>Section <c>Gateway</c> by itself, or a part of it.</summary>
    public static GatewayDocument ReadSection(JsonElement section)
    {
        try
        {
            return section.ValueKind != JsonValueKind.Object ? GatewayDocument.Unreadable($"{GatewayOptions.Section} must be a JSON object.")
                : TwinsIn(section, $"{GatewayOptions.Section}{ConfigurationPath.KeyDelimiter}") is { Count: > 0 } twins ? GatewayDocument.Unreadable(twins)
                : DocumentCheck.Of(Without(SchemaKey, section), isText: false);
        }
        catch (InvalidOperationException exception) when (exception.IsOfText())
        {
            return GatewayDocument.Unreadable($"{GatewayOptions.Section} holds text that is no Unicode: half of a surrogate pair, such as \\ud800 alone.");
        }
    }

    private static JsonObject Without(string key, JsonElement element)
    {
        // Read to the end here, so that nothing refers to the document.
        var copy = JsonNode.Parse(element.GetRawText(), AnyCase, AsTheFrameworkReads)!.AsObject();
        copy.Remove(key);
        return copy;
    }

    // Other sections are the framework's, and whoever hosts the gateway may have sections of his own.
    private static IEnumerable<string> MisspelledSections(JsonObject sections) =>
        from section in sections
        where !sections.ContainsKey(GatewayOptions.Section) && EditDistance.Between(section.Key, GatewayOptions.Section) <= LikelyTypo
        select $"{section.Key} is not known; did you mean '{GatewayOptions.Section}'?";

    private static List<string> TwinsIn(JsonElement element, string path)
    {
        List<string> faults = [];
        FindTwins(element, path, faults);
        return faults;
    }

    private static void FindTwins(JsonElement element, string path, List<string> faults)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in ChildrenOf(element))
        {
            if (!names.TryAdd(name, name))
            {
                faults.Add($"{path}{name} is there twice{(names[name] == name ? "" : $", also as '{names[name]}'")}; upper and lower case make no difference.");
            }

            FindTwins(value, $"{path}{name}{ConfigurationPath.KeyDelimiter}", faults);
        }
    }

    private static IEnumerable<(string Name, JsonElement Value)> ChildrenOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Select(property => (property.Name, property.Value)),
        JsonValueKind.Array => element.EnumerateArray().Select((item, index) => (index.ToString(CultureInfo.InvariantCulture), item)),
        _ => [],
    };
}
