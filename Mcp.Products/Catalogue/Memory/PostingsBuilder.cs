namespace Mcp.Products.Catalogue.Memory;

/// <summary>Takes in products with their terms, product by product, and turns that round.</summary>
internal sealed class PostingsBuilder
{
    private const int ChunkSize = 1 << 20;
    private const int ImpactBits = 8;

    // term << 8 | impact
    private readonly List<uint[]> _chunks = [];
    private readonly List<int> _ends = [];
    private readonly List<int> _counts = [];
    private int _total;

    public void Add(int term, byte impact)
    {
        if (_total % ChunkSize == 0)
        {
            _chunks.Add(new uint[ChunkSize]);
        }

        _chunks[^1][_total % ChunkSize] = (uint)term << ImpactBits | impact;
        _total++;
        while (term >= _counts.Count)
        {
            _counts.Add(0);
        }

        _counts[term]++;
    }

    public void EndProduct() => _ends.Add(_total);

    /// <summary>Where <paramref name="order"/> says for each term which number it has in the result.</summary>
    public Postings Build(int[] order)
    {
        var starts = new int[_counts.Count + 1];
        for (var term = 0; term < _counts.Count; term++)
        {
            starts[order[term] + 1] = _counts[term];
        }

        for (var term = 0; term < _counts.Count; term++)
        {
            starts[term + 1] += starts[term];
        }

        var next = starts[..^1];
        var products = new int[_total];
        var impacts = new byte[_total];
        var at = 0;
        for (var product = 0; product < _ends.Count; product++)
        {
            for (; at < _ends[product]; at++)
            {
                var entry = _chunks[at / ChunkSize][at % ChunkSize];
                var slot = next[order[entry >> ImpactBits]]++;
                products[slot] = product;
                impacts[slot] = (byte)entry;
            }

            // What was turned round is not needed twice.
            if (at / ChunkSize is > 0 and var chunk)
            {
                _chunks[chunk - 1] = [];
            }
        }

        return new Postings(starts, products, impacts, _ends.Count);
    }
}
