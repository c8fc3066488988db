namespace Mcp.Products.Catalogue.Memory;

/// <summary>The products of each brand, category or specification, in the catalogue's order: few as a list, many as a bitmap.</summary>
internal sealed class ProductSets
{
    // From every so manieth product on a bitmap is counted faster than a list, though up to four times as long.
    private const int BitmapFrom = 128;

    private readonly int[] _counts;
    private readonly Bitmap?[] _bitmaps;
    private readonly int[] _starts;
    private readonly int[] _products;

    /// <param name="products">How many products there are.</param>
    /// <param name="owners">How many brands, categories or specifications there are.</param>
    /// <param name="ownersOf">Those of a product; one that comes twice counts twice.</param>
    public ProductSets(int products, int owners, OwnersOf ownersOf)
    {
        _counts = new int[owners];
        _bitmaps = new Bitmap?[owners];
        _starts = new int[owners + 1];
        var countsTwice = Count(products, ownersOf);
        for (var owner = 0; owner < owners; owner++)
        {
            var isCommon = _counts[owner] > 0 && (long)_counts[owner] * BitmapFrom >= products && !countsTwice[owner];
            _bitmaps[owner] = isCommon ? new Bitmap(products) : null;
            _starts[owner + 1] = _starts[owner] + (isCommon ? 0 : _counts[owner]);
        }

        _products = new int[_starts[^1]];
        Fill(products, ownersOf);
        ByCount = [.. Enumerable.Range(0, owners).OrderByDescending(owner => _counts[owner])];
    }

    public delegate ReadOnlySpan<int> OwnersOf(int product);

    /// <summary>All owners, those of the most products first, of equal ones the first.</summary>
    public int[] ByCount { get; }

    public int Count(int owner) => _counts[owner];

    public int CountIn(int owner, Bitmap found) => _bitmaps[owner] is { } bitmap ? found.CountWith(bitmap) : found.CountOf(Listed(owner));

    public void AddTo(Bitmap found, int owner)
    {
        if (_bitmaps[owner] is { } bitmap)
        {
            found.Add(bitmap);
        }
        else
        {
            found.Add(Listed(owner));
        }
    }

    private ReadOnlySpan<int> Listed(int owner) => _products.AsSpan(_starts[owner], _starts[owner + 1] - _starts[owner]);

    private bool[] Count(int products, OwnersOf ownersOf)
    {
        var last = new int[_counts.Length];
        var twice = new bool[_counts.Length];
        Array.Fill(last, -1);
        for (var product = 0; product < products; product++)
        {
            foreach (var owner in ownersOf(product))
            {
                _counts[owner]++;
                twice[owner] |= last[owner] == product;
                last[owner] = product;
            }
        }

        return twice;
    }

    private void Fill(int products, OwnersOf ownersOf)
    {
        var next = _starts[..^1];
        for (var product = 0; product < products; product++)
        {
            foreach (var owner in ownersOf(product))
            {
                if (_bitmaps[owner] is { } bitmap)
                {
                    bitmap.Add(product);
                }
                else
                {
                    _products[next[owner]++] = product;
                }
            }
        }
    }
}
