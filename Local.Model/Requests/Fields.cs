using System.Text.Json;

namespace Local.Model.Requests;

/// <summary>A JSON object of the request, read strictly: what has the wrong type or range becomes a problem with the path to it.</summary>
internal readonly struct Fields(JsonElement element, string path, Problems problems)
{
    public JsonElement Element => element;

    public string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    public void Problem(string name, string message) => problems.Add(PathOf(name), message);

    /// <summary>The value; null where it is absent or null.</summary>
    public JsonElement? Find(string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    public string? Text(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.String)
        {
            return value.GetString();
        }

        WrongType(name, "a string", value);
        return null;
    }

    public string RequiredText(string name)
    {
        if (Find(name) is null)
        {
            Problem(name, $"Missing required parameter: '{PathOf(name)}'.");
        }

        return Text(name) ?? "";
    }

    public bool? Flag(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        WrongType(name, "a boolean", value);
        return null;
    }

    public long? Integer(string name, long least, long most)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is not JsonValueKind.Number || !value.TryGetInt64(out var number))
        {
            WrongType(name, "an integer", value);
            return null;
        }

        if (number < least || number > most)
        {
            Problem(name, $"Invalid value for '{PathOf(name)}': expected {least} to {most}, but got {number} instead.");
            return null;
        }

        return number;
    }

    public double? Number(string name, double least, double most)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is not JsonValueKind.Number)
        {
            WrongType(name, "a number", value);
            return null;
        }

        var number = value.GetDouble();
        if (!(number >= least && number <= most))
        {
            Problem(name, FormattableString.Invariant($"Invalid value for '{PathOf(name)}': expected {least} to {most}, but got {number} instead."));
            return null;
        }

        return number;
    }

    public Fields? Object(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.Object)
        {
            return new Fields(value, PathOf(name), problems);
        }

        WrongType(name, "an object", value);
        return null;
    }

    public IReadOnlyList<Fields> Objects(string name)
    {
        if (Find(name) is not { } value)
        {
            return [];
        }

        if (value.ValueKind is not JsonValueKind.Array)
        {
            WrongType(name, "an array", value);
            return [];
        }

        var items = new List<Fields>(value.GetArrayLength());
        foreach (var item in value.EnumerateArray())
        {
            var itemPath = $"{PathOf(name)}[{items.Count}]";
            if (item.ValueKind is not JsonValueKind.Object)
            {
                problems.Add(itemPath, $"Invalid type for '{itemPath}': expected an object, but got {NameOf(item)} instead.");
                return [];
            }

            items.Add(new Fields(item, itemPath, problems));
        }

        return items;
    }

    public void WrongType(string name, string expected, JsonElement value) =>
        Problem(name, $"Invalid type for '{PathOf(name)}': expected {expected}, but got {NameOf(value)} instead.");

    private static string NameOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };
}
