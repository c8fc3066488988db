namespace Mcp.Products.Catalogue.Memory;

/// <summary>For each term the products that have it, in order, and how much it says about each: 255 is all that a term can say.</summary>
internal sealed class Postings
{
    public const float FullImpact = 255;

    // A bitmap is no longer than a list from every 32nd product on.
    private const int BitsInProduct = 32;

    private readonly int[] _starts;
    private readonly int[] _products;
    private readonly byte[] _impacts;
    private readonly int _productCount;
    private readonly Dictionary<int, Bitmap> _bitmaps = [];

    public Postings(int[] starts, int[] products, byte[] impacts, int productCount)
    {
        _starts = starts;
        _products = products;
        _impacts = impacts;
        _productCount = productCount;
        for (var term = 0; term < starts.Length - 1; term++)
        {
            if ((long)Count(term) * BitsInProduct >= productCount)
            {
                var bitmap = new Bitmap(productCount);
                bitmap.Add(Products(term));
                _bitmaps.Add(term, bitmap);
            }
        }
    }

    public int Count(int term) => _starts[term + 1] - _starts[term];

    public ReadOnlySpan<int> Products(int term) => _products.AsSpan(_starts[term], Count(term));

    public ReadOnlySpan<byte> Impacts(int term) => _impacts.AsSpan(_starts[term], Count(term));

    /// <summary>What a term says about a product; 0 where that does not have it.</summary>
    public byte Impact(int term, int product) => Products(term).BinarySearch(product) is >= 0 and var at ? Impacts(term)[at] : (byte)0;

    public void AddTo(Bitmap found, int term)
    {
        if (_bitmaps.TryGetValue(term, out var bitmap))
        {
            found.Add(bitmap);
        }
        else
        {
            found.Add(Products(term));
        }
    }

    /// <summary>The inverse document frequency of BM25: what rare terms say counts for more.</summary>
    public float Weight(int term)
    {
        var count = Count(term);
        return MathF.Log(1 + ((_productCount - count + 0.5f) / (count + 0.5f)));
    }
}
