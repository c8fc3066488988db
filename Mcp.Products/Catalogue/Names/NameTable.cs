using System.Runtime.InteropServices;

namespace Mcp.Products.Catalogue.Names;

/// <summary>Numbers names regardless of their case; shown as they were first written.</summary>
internal sealed class NameTable
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _names = [];

    public int Count => _names.Count;

    public IReadOnlyList<string> Names => _names;

    public int Add(string name)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, name, out var known);
        if (!known)
        {
            number = _names.Count;
            _names.Add(name);
        }

        return number;
    }

    public bool TryFind(string name, out int number) => _numbers.TryGetValue(name, out number);
}
