namespace Mcp.Products.Catalogue.Names;

/// <summary>Numbers the pairs of a specification's name and value, regardless of case.</summary>
internal sealed class SpecificationTable
{
    private readonly NameTable _names = new();
    private readonly List<Dictionary<string, int>> _pairsOfName = [];
    private readonly List<int> _nameOfPair = [];
    private readonly List<string> _valueOfPair = [];

    public int Count => _nameOfPair.Count;

    public IReadOnlyList<string> Names => _names.Names;

    public int NameOf(int pair) => _nameOfPair[pair];

    public string ValueOf(int pair) => _valueOfPair[pair];

    public int Add(string name, string value)
    {
        var number = _names.Add(name);
        if (number == _pairsOfName.Count)
        {
            _pairsOfName.Add(new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase));
        }

        if (!_pairsOfName[number].TryGetValue(value, out var pair))
        {
            pair = _nameOfPair.Count;
            _pairsOfName[number].Add(value, pair);
            _nameOfPair.Add(number);
            _valueOfPair.Add(value);
        }

        return pair;
    }

    public bool TryFindName(string name, out int number) => _names.TryFind(name, out number);

    /// <summary>The pair's number, or -1.</summary>
    public int Find(int name, string value) => _pairsOfName[name].TryGetValue(value, out var pair) ? pair : -1;

    public IEnumerable<string> ValuesOf(int name) => _pairsOfName[name].Keys;
}
