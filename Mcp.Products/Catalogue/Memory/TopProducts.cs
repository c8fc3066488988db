namespace Mcp.Products.Catalogue.Memory;

/// <summary>Keeps the best products of those offered: by their score, equally good ones in the catalogue's order.</summary>
/// <param name="offset">How many of the best are passed over.</param>
/// <param name="count">How many are wanted after them.</param>
internal sealed class TopProducts(int offset, int count)
{
    // A key is larger the better the product is; the worst is on top.
    private readonly PriorityQueue<int, long> _best = new(offset + count + 1);

    /// <summary>Below this score nothing is kept any more.</summary>
    public float Least => _best.Count == offset + count && _best.TryPeek(out _, out var worst) ? BitConverter.Int32BitsToSingle((int)(worst >> 32)) : 0;

    public void Offer(int product, float score)
    {
        var key = (long)BitConverter.SingleToInt32Bits(score) << 32 | (uint)(int.MaxValue - product);
        if (_best.Count < offset + count)
        {
            _best.Enqueue(product, key);
        }
        else if (_best.TryPeek(out _, out var worst) && key > worst)
        {
            _best.DequeueEnqueue(product, key);
        }
    }

    /// <summary>The products that are wanted, the best first.</summary>
    public int[] Take()
    {
        var picked = new int[count];
        for (var i = count - 1; i >= 0; i--)
        {
            picked[i] = _best.Dequeue();
        }

        return picked;
    }
}
