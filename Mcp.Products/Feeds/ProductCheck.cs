using Mcp.Products.Catalogue;

namespace Mcp.Products.Feeds;

/// <summary>What must be true of a product before it goes into the catalogue.</summary>
internal static class ProductCheck
{
    private const int LongestId = 200;
    private const int LongestTitle = 1000;
    private const int LongestDescription = 100_000;

    /// <summary>What is wrong with it, or null.</summary>
    public static string? Fault(Product product)
    {
        // A product read from JSON may lack whatever its type says it has.
        if (string.IsNullOrWhiteSpace(product.Id) || product.Id.Length > LongestId)
        {
            return $"its id is not 1 to {LongestId} characters long";
        }

        if (string.IsNullOrWhiteSpace(product.Title) || product.Title.Length > LongestTitle)
        {
            return $"'{product.Id}' has a title that is not 1 to {LongestTitle} characters long";
        }

        if (product.Description.Plain?.Length > LongestDescription)
        {
            return $"'{product.Id}' has a description of more than {LongestDescription} characters";
        }

        if (product.Rating is { } rating && !(double.IsFinite(rating.Value) && double.IsFinite(rating.ScaleMax)))
        {
            return $"'{product.Id}' has a rating that is no number";
        }

        if (product.Variants is not { Count: > 0 })
        {
            return $"'{product.Id}' has no variants";
        }

        foreach (var variant in product.Variants)
        {
            if (Fault(variant, product) is { } fault)
            {
                return $"'{product.Id}' {fault}";
            }
        }

        return IsIncomplete(product) ? $"'{product.Id}' has a category, picture, option or specification that is null" : null;
    }

    private static string? Fault(Variant? variant, Product product)
    {
        if (string.IsNullOrWhiteSpace(variant?.Id) || variant.Id.Length > LongestId || string.IsNullOrWhiteSpace(variant.Title))
        {
            return $"has a variant whose id is not 1 to {LongestId} characters long, or that has no title";
        }

        if (variant.Price?.Currency is null || !Currencies.IsValid(variant.Price.Currency))
        {
            return "has a price without a currency; it is three letters as ISO 4217 has them";
        }

        if (variant.Price.Amount < 0 || variant.ListPrice?.Amount < 0)
        {
            return $"has the negative price {Math.Min(variant.Price.Amount, variant.ListPrice?.Amount ?? 0)}";
        }

        var currency = product.Variants[0].Price?.Currency;
        return variant.Price.Currency == currency && (variant.ListPrice is null || variant.ListPrice.Currency == currency)
            ? variant.Availability.Status is null ? "has an availability without a status" : null
            : $"has prices in {currency} and {(variant.Price.Currency == currency ? variant.ListPrice!.Currency : variant.Price.Currency)}; all of a product's are in one currency";
    }

    private static bool IsIncomplete(Product product) =>
        product.Description.Plain is null
        || product.Categories.Any(category => string.IsNullOrWhiteSpace(category?.Value))
        || product.Media.Any(media => media?.Type is null || media.Url is null)
        || product.Options.Any(option => option?.Name is null || option.Values is null || option.Values.Any(value => value?.Label is null))
        || product.Variants.Any(variant => variant.Options.Any(option => option?.Name is null || option.Label is null) || variant.Barcodes.Any(barcode => barcode?.Type is null || barcode.Value is null))
        || product.Tags.Any(tag => tag is null)
        || product.Metadata.Specifications.Any(pair => pair.Value is null);
}
