namespace Mcp.Products.Catalogue.Memory;

/// <summary>Room for one search at a time, used again by the next: between searches all marks and counts are zero.</summary>
internal sealed class Scratch(Snapshot snapshot)
{
    private bool _hasBits;
    private bool _hasList;

    /// <summary>How many products were found so far.</summary>
    public int Count { get; private set; }

    /// <summary>The products found so far, after <see cref="EnsureList"/>: the first <see cref="Count"/>.</summary>
    public int[] Found { get; } = new int[snapshot.Count];

    /// <summary>The products found so far, after <see cref="EnsureBits"/>.</summary>
    public Bitmap Bits { get; } = new(snapshot.Count);

    /// <summary>Room for products while others are being found.</summary>
    public Bitmap Others { get; } = new(snapshot.Count);

    /// <summary>Whether many may have been found, of which there is no list.</summary>
    public bool IsBits => !_hasList;

    public float[] Scores { get; } = new float[snapshot.Count];

    /// <summary>How many words of the query a product has.</summary>
    public byte[] Levels { get; } = new byte[snapshot.Count];

    /// <summary>The last word of the query that was counted for a product.</summary>
    public byte[] Seen { get; } = new byte[snapshot.Count];

    public int[] BrandCounts { get; } = new int[snapshot.Names.Brands.Count];

    public int[] CategoryCounts { get; } = new int[snapshot.Names.Categories.Count];

    public int[] PriceCounts { get; } = new int[snapshot.Names.Currencies.Count * PriceSteps.Amounts.Length];

    public int[] NameCounts { get; } = new int[snapshot.Names.Specifications.Names.Count];

    public int[] SpecificationCounts { get; } = new int[snapshot.Names.Specifications.Count];

    /// <summary>What is in <see cref="Found"/> is what was found.</summary>
    public void TakeList(int count)
    {
        Count = count;
        (_hasList, _hasBits) = (true, false);
    }

    /// <summary>What is in <see cref="Bits"/> is what was found.</summary>
    public void TakeBits()
    {
        Count = Bits.Count();
        (_hasList, _hasBits) = (false, true);
    }

    public void EnsureList()
    {
        if (!_hasList)
        {
            Bits.CopyTo(Found);
            _hasList = true;
        }
    }

    public void EnsureBits()
    {
        if (!_hasBits)
        {
            Bits.Clear();
            Bits.Add(Found.AsSpan(0, Count));
            _hasBits = true;
        }
    }

    public void ClearCounts()
    {
        Array.Clear(BrandCounts);
        Array.Clear(CategoryCounts);
        Array.Clear(PriceCounts);
        Array.Clear(NameCounts);
        Array.Clear(SpecificationCounts);
    }
}
