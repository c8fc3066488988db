using System.Text.Json;

namespace Mcp.Products.Tools.Arguments;

/// <summary>
/// Reads what a model has sent, and gathers all that is wrong with it rather than giving up at the first: each fault says where it is and what would
/// do. Null is the same as nothing, as models fill in what they have no value for.
/// </summary>
internal sealed class ArgumentObject
{
    private readonly IReadOnlyDictionary<string, JsonElement> _values;
    private readonly List<ToolMessage> _faults;

    private ArgumentObject(IEnumerable<KeyValuePair<string, JsonElement>> values, string path, List<ToolMessage> faults)
    {
        _values = values.Where(value => value.Value.ValueKind != JsonValueKind.Null).DistinctBy(value => value.Key).ToDictionary();
        _faults = faults;
        Path = path;
    }

    public string Path { get; }

    public IEnumerable<string> Names => _values.Keys;

    public static ArgumentObject Root(IDictionary<string, JsonElement>? arguments, List<ToolMessage> faults) => new(arguments ?? new Dictionary<string, JsonElement>(), "$", faults);

    public bool Has(string name) => _values.ContainsKey(name);

    public ArgumentObject Required(string name)
    {
        if (!Has(name))
        {
            _faults.Add(ToolMessage.Error("missing_argument", PathOf(name), $"'{name}' is missing."));
        }

        return Object(name);
    }

    /// <summary>Empty where it is not there.</summary>
    public ArgumentObject Object(string name)
    {
        var values = Is(name, JsonValueKind.Object, "an object") ? _values[name].EnumerateObject().Select(property => KeyValuePair.Create(property.Name, property.Value)) : [];
        return new ArgumentObject(values, PathOf(name), _faults);
    }

    public ArgumentObject Allow(params IReadOnlyList<string> names)
    {
        foreach (var name in _values.Keys.Except(names))
        {
            _faults.Add(ToolMessage.Error("unknown_argument", PathOf(name), $"There is no '{Shorten(name)}' here. There are: {string.Join(", ", names)}.", names));
        }

        return this;
    }

    public string? Text(string name, int longest)
    {
        if (!Is(name, JsonValueKind.String, "a string"))
        {
            return null;
        }

        var text = _values[name].GetString()!;
        if (text.Length <= longest)
        {
            return text;
        }

        _faults.Add(ToolMessage.Error("too_long", PathOf(name), $"It is {text.Length} characters long, and at most {longest} are taken."));
        return null;
    }

    public bool? Flag(string name)
    {
        if (Has(name) && _values[name].ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Refuse(name, "true or false");
        }

        return Has(name) && _values[name].ValueKind is JsonValueKind.True or JsonValueKind.False ? _values[name].ValueKind == JsonValueKind.True : null;
    }

    public long? Number(string name, long least, long most, string unit)
    {
        if (!Is(name, JsonValueKind.Number, $"a whole number of {unit}"))
        {
            return null;
        }

        // 6000.0 is whole too.
        if (_values[name].TryGetDecimal(out var number) && number == decimal.Truncate(number) && number >= least && number <= most)
        {
            return (long)number;
        }

        _faults.Add(ToolMessage.Error("out_of_range", PathOf(name), $"It must be a whole number of {unit} from {least} to {most}."));
        return null;
    }

    public IReadOnlyList<string> Texts(string name, int most, int longest)
    {
        if (!Is(name, JsonValueKind.Array, "a list of strings"))
        {
            return [];
        }

        var values = _values[name].EnumerateArray().ToList();
        if (values.Count > most)
        {
            _faults.Add(ToolMessage.Error("too_many", PathOf(name), $"There are {values.Count}, and at most {most} are taken."));
            return [];
        }

        for (var i = 0; i < values.Count; i++)
        {
            if (values[i].ValueKind != JsonValueKind.String || values[i].GetString()!.Length > longest)
            {
                _faults.Add(ToolMessage.Error("invalid_type", $"{PathOf(name)}[{i}]", $"It must be a string of at most {longest} characters."));
                return [];
            }
        }

        return [.. values.Select(value => value.GetString()!)];
    }

    /// <summary>One text or several; numbers and truth values are their text.</summary>
    public IReadOnlyList<string> TextOrTexts(string name, int most, int longest) => _values.TryGetValue(name, out var value) && value.ValueKind switch
    {
        JsonValueKind.String => true,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => true,
        _ => false,
    }
        ? [value.ToString()]
        : Texts(name, most, longest);

    public string PathOf(string name) => $"{Path}.{Shorten(name)}";

    private bool Is(string name, JsonValueKind kind, string wanted)
    {
        if (!Has(name))
        {
            return false;
        }

        if (_values[name].ValueKind == kind)
        {
            return true;
        }

        Refuse(name, wanted);
        return false;
    }

    private void Refuse(string name, string wanted) =>
        _faults.Add(ToolMessage.Error("invalid_type", PathOf(name), $"It must be {wanted}, and is {_values[name].ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => "a string",
            JsonValueKind.Number => "a number",
            _ => "true or false",
        }}."));

    private static string Shorten(string name) => name.Length <= 64 ? name : $"{name[..64]}…";
}
