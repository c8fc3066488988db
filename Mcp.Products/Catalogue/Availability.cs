namespace Mcp.Products.Catalogue;

/// <summary>Whether a variant can be had.</summary>
/// <param name="Available">Whether it can be bought now.</param>
/// <param name="Status"><c>in_stock</c>, <c>backorder</c>, <c>preorder</c>, <c>out_of_stock</c> or <c>discontinued</c>.</param>
public sealed record Availability(bool Available, string Status)
{
    public static readonly Availability InStock = new(true, "in_stock");
    public static readonly Availability OutOfStock = new(false, "out_of_stock");
}
