namespace Mcp.Products.Catalogue.Text;

/// <summary>A part of a product that words are searched in.</summary>
/// <param name="Weight">What a word in it counts.</param>
/// <param name="UsualLength">How many words it commonly has; a word says less in a longer one.</param>
internal sealed record Field(float Weight, float UsualLength)
{
    public static readonly Field Title = new(4, 8);
    public static readonly Field Brand = new(2, 2);
    public static readonly Field Category = new(1.5f, 4);
    public static readonly Field Tags = new(1.5f, 4);
    public static readonly Field Values = new(1, 12);
    public static readonly Field Names = new(0.3f, 12);
    public static readonly Field Description = new(0.5f, 60);
}
