using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration.Json;

namespace Gateway.Api.Configuration;

/// <summary>
/// Reads gateway.json. What the framework does with a file that it cannot read while the service runs is to drop all of its values and
/// say nothing; and of two aliases that differ only in upper and lower case, it makes one. Here both are faults that are told, and the
/// values read before stay.
/// </summary>
internal sealed class GatewayFileProvider(GatewayFileSource source) : JsonConfigurationProvider(source)
{
    private static readonly JsonDocumentOptions AsTheFrameworkReads = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>What is wrong with the file as it is now.</summary>
    public IReadOnlyList<string> Faults { get; private set; } = [];

    public override void Load(Stream stream)
    {
        using var text = new MemoryStream();
        stream.CopyTo(text);
        Faults = FaultsOf(text.ToArray());
        if (Faults.Count > 0)
        {
            return;
        }

        try
        {
            text.Position = 0;
            base.Load(text);
        }
        catch (FormatException unreadable)
        {
            Faults = [$"{Source.Path}: {unreadable.Message}"];
        }
    }

    private List<string> FaultsOf(byte[] text)
    {
        try
        {
            using var document = JsonDocument.Parse(text.AsMemory(text.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0), AsTheFrameworkReads);
            List<string> faults = document.RootElement.ValueKind == JsonValueKind.Object ? [] : [$"{Source.Path} must hold a JSON object."];
            FindTwins(document.RootElement, path: "", faults);
            return faults;
        }
        catch (JsonException broken)
        {
            return [$"{Source.Path} is no JSON: {broken.Message}"];
        }
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
