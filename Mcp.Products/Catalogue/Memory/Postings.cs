namespace Mcp.Products.Catalogue.Memory;

/// <summary>For each term the products that have it, in order, and how much it says about each: 255 is all that a term can say.</summary>
internal sealed class Postings(int[] starts, int[] products, byte[] impacts, int productCount)
{
    public const float FullImpact = 255;

    public int Count(int term) => starts[term + 1] - starts[term];

    public ReadOnlySpan<int> Products(int term) => products.AsSpan(starts[term], Count(term));

    public ReadOnlySpan<byte> Impacts(int term) => impacts.AsSpan(starts[term], Count(term));

    /// <summary>The inverse document frequency of BM25: what rare terms say counts for more.</summary>
    public float Weight(int term)
    {
        var count = Count(term);
        return MathF.Log(1 + ((productCount - count + 0.5f) / (count + 0.5f)));
    }
}
