namespace Mcp.Products.Catalogue.Names;

/// <summary>Categories and what contains them; what contains has the lower number.</summary>
internal sealed class CategoryTree
{
    public const int None = -1;

    private readonly List<string> _paths = [];
    private readonly List<int> _parents = [];
    private readonly Dictionary<string, int> _byPath = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<int>> _byName = new(StringComparer.OrdinalIgnoreCase);

    public int Count => _paths.Count;

    public IReadOnlyList<string> Paths => _paths;

    public int ParentOf(int category) => _parents[category];

    public int Add(string path)
    {
        path = CategoryPath.Normalize(path);
        if (_byPath.TryGetValue(path, out var category))
        {
            return category;
        }

        var cut = path.LastIndexOf(Category.Separator, StringComparison.Ordinal);
        var parent = cut < 0 ? None : Add(path[..cut]);
        var name = cut < 0 ? path : path[(cut + Category.Separator.Length)..];
        category = _paths.Count;
        _paths.Add(path);
        _parents.Add(parent);
        _byPath.Add(path, category);
        if (!_byName.TryGetValue(name, out var named))
        {
            _byName.Add(name, named = []);
        }

        named.Add(category);
        return category;
    }

    /// <summary>The categories of that way, or of that name.</summary>
    public IReadOnlyList<int> Find(string value)
    {
        var path = CategoryPath.Normalize(value);
        return _byPath.TryGetValue(path, out var category) ? [category] : _byName.TryGetValue(path, out var named) ? named : [];
    }
}
