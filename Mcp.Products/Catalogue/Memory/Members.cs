namespace Mcp.Products.Catalogue.Memory;

/// <summary>The products of each brand, or of each category itself, in the catalogue's order.</summary>
internal sealed class Members
{
    private readonly List<List<int>> _products = [];

    public void Add(int owner, int product)
    {
        while (owner >= _products.Count)
        {
            _products.Add([]);
        }

        _products[owner].Add(product);
    }

    /// <summary>How many there are of those chosen; more than there can be where all are.</summary>
    public int Count(bool[]? chosen)
    {
        if (chosen is null)
        {
            return int.MaxValue;
        }

        var count = 0;
        for (var owner = 0; owner < _products.Count; owner++)
        {
            count += chosen[owner] ? _products[owner].Count : 0;
        }

        return count;
    }

    /// <summary>Puts the members of those chosen into <paramref name="found"/>, each once and in order; returns how many.</summary>
    public int Gather(bool[] chosen, int[] found)
    {
        var (count, lists) = (0, 0);
        for (var owner = 0; owner < _products.Count; owner++)
        {
            if (chosen[owner] && _products[owner].Count > 0)
            {
                _products[owner].CopyTo(found, count);
                count += _products[owner].Count;
                lists++;
            }
        }

        return lists <= 1 ? count : Order(found.AsSpan(0, count));
    }

    private static int Order(Span<int> found)
    {
        found.Sort();
        var kept = 0;
        foreach (var product in found)
        {
            if (kept == 0 || found[kept - 1] != product)
            {
                found[kept++] = product;
            }
        }

        return kept;
    }
}
