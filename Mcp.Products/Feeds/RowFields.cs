namespace Mcp.Products.Feeds;

/// <summary>A row's fields by name; a field may come more than once.</summary>
internal sealed class RowFields
{
    private readonly List<(string Name, string Value)> _fields = [];

    public IReadOnlyList<(string Name, string Value)> All => _fields;

    public void Clear() => _fields.Clear();

    public void Add(string name, string value)
    {
        if (value.Length > 0)
        {
            _fields.Add((name, value));
        }
    }

    /// <summary>The first that is there of these names.</summary>
    public string? Get(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            foreach (var field in _fields)
            {
                if (string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase))
                {
                    return field.Value;
                }
            }
        }

        return null;
    }

    public IEnumerable<string> GetAll(string name) => _fields.Where(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase)).Select(field => field.Value);
}
