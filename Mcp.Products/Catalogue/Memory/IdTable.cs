using System.Numerics;

namespace Mcp.Products.Catalogue.Memory;

/// <summary>Finds the products that may have an id by its hash, in eight bytes an id; who asks compares.</summary>
internal sealed class IdTable
{
    private const int Empty = -1;

    private readonly int[] _products;
    private readonly int _mask;

    public IdTable(IReadOnlyList<(uint Hash, int Product)> ids)
    {
        _products = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, 2 * ids.Count))];
        _mask = _products.Length - 1;
        Array.Fill(_products, Empty);
        foreach (var (hash, product) in ids)
        {
            var slot = (int)hash & _mask;
            while (_products[slot] != Empty)
            {
                slot = slot + 1 & _mask;
            }

            _products[slot] = product;
        }
    }

    public static uint Hash(string id) => (uint)id.GetHashCode(StringComparison.Ordinal);

    public IEnumerable<int> Find(string id)
    {
        for (var slot = (int)Hash(id) & _mask; _products[slot] != Empty; slot = slot + 1 & _mask)
        {
            yield return _products[slot];
        }
    }
}
