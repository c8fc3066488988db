namespace Mcp.Products.Catalogue.Memory;

/// <summary>Room for one search at a time, used again by the next: between searches all marks and counts are zero.</summary>
internal sealed class Scratch(Snapshot snapshot)
{
    /// <summary>The products found so far: the first <see cref="Count"/>.</summary>
    public int[] Found { get; } = new int[snapshot.Count];

    public int Count { get; set; }

    public float[] Scores { get; } = new float[snapshot.Count];

    /// <summary>How many words of the query a product has.</summary>
    public byte[] Levels { get; } = new byte[snapshot.Count];

    /// <summary>The last word of the query that was counted for a product.</summary>
    public byte[] Seen { get; } = new byte[snapshot.Count];

    public int[] BrandCounts { get; } = new int[snapshot.Names.Brands.Count];

    public int[] CategoryCounts { get; } = new int[snapshot.Names.Categories.Count];

    public int[] SpecificationCounts { get; } = new int[snapshot.Names.Specifications.Count];

    public void FindAll()
    {
        for (var product = 0; product < Found.Length; product++)
        {
            Found[product] = product;
        }

        Count = Found.Length;
    }
}
