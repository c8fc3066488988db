namespace Mcp.Products.Catalogue.Memory;

/// <summary>Picks the best of the products found: by their score, equally good ones in the catalogue's order.</summary>
internal static class TopProducts
{
    public static int[] Pick(Scratch scratch, bool scored, int offset, int limit)
    {
        var count = Math.Clamp(scratch.Count - offset, 0, limit);
        if (count == 0)
        {
            return [];
        }

        if (!scored)
        {
            return scratch.Found[offset..(offset + count)];
        }

        // A key is larger the better the product is; only as many as are passed over and shown are kept, the worst of them on top.
        var best = new PriorityQueue<int, long>(offset + count + 1);
        foreach (var product in scratch.Found.AsSpan(0, scratch.Count))
        {
            var key = (long)BitConverter.SingleToInt32Bits(scratch.Scores[product]) << 32 | (uint)(int.MaxValue - product);
            if (best.Count < offset + count)
            {
                best.Enqueue(product, key);
            }
            else if (best.TryPeek(out _, out var worst) && key > worst)
            {
                best.DequeueEnqueue(product, key);
            }
        }

        var picked = new int[count];
        for (var i = count - 1; i >= 0; i--)
        {
            picked[i] = best.Dequeue();
        }

        return picked;
    }
}
