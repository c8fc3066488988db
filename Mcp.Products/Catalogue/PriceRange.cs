namespace Mcp.Products.Catalogue;

/// <summary>The lowest and the highest price of a product.</summary>
public sealed record PriceRange(Price Min, Price Max)
{
    internal static PriceRange Of(IReadOnlyList<Variant> variants)
    {
        var (min, max) = (variants[0].Price, variants[0].Price);
        for (var i = 1; i < variants.Count; i++)
        {
            var price = variants[i].Price;
            min = price.Amount < min.Amount ? price : min;
            max = price.Amount > max.Amount ? price : max;
        }

        return new PriceRange(min, max);
    }
}
