using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Api.Configuration.Description;

namespace Gateway.Api.Configuration.Documents;

/// <summary>Holds what a document says against the options that there are: every key has to be known, and every value of its option's type.</summary>
internal sealed class DocumentCheck
{
    private readonly List<string> _faults = [];

    // Text may stand for a number, as it does in the environment.
    private readonly bool _isText;

    private DocumentCheck(bool isText) => _isText = isText;

    /// <param name="section">Section <c>Gateway</c>; null where there is none.</param>
    /// <param name="isText">Whether its source holds nothing but text, so that <c>"3"</c> is a number.</param>
    public static GatewayDocument Of(JsonNode? section, bool isText)
    {
        var check = new DocumentCheck(isText);
        var kept = section is null ? [] : check.Keep(section, OptionNode.Gateway, GatewayOptions.Section) as JsonObject ?? [];
        return new GatewayDocument(kept, check._faults);
    }

    // Null where nothing of it can be kept.
    private JsonNode? Keep(JsonNode value, OptionNode option, string path)
    {
        switch (option.Kind)
        {
            case OptionKind.Section or OptionKind.Map when value is JsonObject entries:
                return KeepEntries(entries, option, path);
            case OptionKind.List when value is JsonArray items:
                return KeepItems(items, option.Item!, path);
            case OptionKind.Value when value is JsonValue single && IsOfType(single, option):
            case OptionKind.Any:
                return value.DeepClone();
            default:
                _faults.Add($"{path} is {Shown(value, option)}; it must be {OptionTypes.Describe(option)}.");
                return null;
        }
    }

    private JsonObject KeepEntries(JsonObject entries, OptionNode option, string path)
    {
        var kept = new JsonObject(entries.Options);
        foreach (var (name, value) in entries)
        {
            var below = $"{path}{ConfigurationPath.KeyDelimiter}{name}";
            if (option.Find(name) is not { } found)
            {
                _faults.Add(OptionTypes.Unknown(path, name, option));
            }
            else if (option.Kind == OptionKind.Map && FaultOfName(name, option) is { } fault)
            {
                _faults.Add($"{below} {fault}");
            }
            else if (value is null)
            {
                kept[name] = null;
            }
            else if (Keep(value, found, below) is { } good)
            {
                kept[name] = good;
            }
        }

        return kept;
    }

    private JsonArray? KeepItems(JsonArray items, OptionNode item, string path)
    {
        var before = _faults.Count;
        var kept = new JsonArray(items.Options);
        for (var i = 0; i < items.Count; i++)
        {
            var below = string.Create(CultureInfo.InvariantCulture, $"{path}{ConfigurationPath.KeyDelimiter}{i}");
            if (items[i] is not { } value)
            {
                _faults.Add($"{below} is null; it must be {OptionTypes.Describe(item)}.");
            }
            else if (Keep(value, item, below) is { } good)
            {
                kept.Add(good);
            }
        }

        // One that lacks an item would be told again, with the wrong numbers.
        return kept.Count == items.Count || _faults.Count == before ? kept : null;
    }

    // "a:b" would be an entry "a" with an option "b".
    private static string? FaultOfName(string name, OptionNode map) =>
        name.Length == 0 ? "has no name."
        : !map.HasOwnReader && name.Contains(ConfigurationPath.KeyDelimiter, StringComparison.Ordinal) ? "holds a colon, which separates the steps of a key; choose another name."
        : null;

    private bool IsOfType(JsonValue value, OptionNode option) => value.GetValueKind() switch
    {
        JsonValueKind.String => (_isText || OptionTypes.IsText(option)) && OptionTypes.CanRead(option, value.GetValue<string>()),
        JsonValueKind.Number => OptionTypes.IsNumber(option) && OptionTypes.CanRead(option, value.ToJsonString()),
        _ => option.Type == typeof(bool),
    };

    // What should be text may be a secret.
    private static string Shown(JsonNode value, OptionNode option) => value.GetValueKind() switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"'{value.GetValue<string>()}'",
        JsonValueKind.Number when OptionTypes.IsText(option) => "a number",
        _ => value.ToJsonString(),
    };
}
