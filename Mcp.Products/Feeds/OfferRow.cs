using System.Globalization;
using Mcp.Products.Catalogue;

namespace Mcp.Products.Feeds;

/// <summary>A variant as one flat row, under the names of Google Merchant.</summary>
internal static class OfferRow
{
    public static readonly IReadOnlyList<string> Columns =
    [
        "id", "item_group_id", "title", "item_group_title", "description", "link", "image_link", "additional_image_link", "availability", "price", "sale_price",
        "brand", "gtin", "mpn", "product_type", "google_product_category", "color", "size", "material", "pattern", "product_detail", "sku", "tags", "rating", "review_count",
    ];

    /// <summary>In the order of <see cref="Columns"/>; null where there is nothing to say.</summary>
    public static string?[] Of(Product product, Variant variant)
    {
        var grouped = product.Variants.Count > 1 || variant.Id != product.Id;
        return
        [
            variant.Id,
            grouped ? product.Id : null,
            variant.Title,
            grouped ? product.Title : null,
            product.Description.Plain,
            product.Url,
            product.Media.Count > 0 ? product.Media[0].Url : null,
            product.Media.Count > 1 ? string.Join(',', product.Media.Skip(1).Select(media => media.Url)) : null,
            variant.Availability.Status,
            PriceText.Format(variant.ListPrice ?? variant.Price),
            variant.ListPrice is null ? null : PriceText.Format(variant.Price),
            product.Brand,
            Barcode(variant, "GTIN"),
            Barcode(variant, "MPN"),
            product.Categories.FirstOrDefault(category => category.Taxonomy != "google_product_category")?.Value,
            product.Categories.FirstOrDefault(category => category.Taxonomy == "google_product_category")?.Value,
            Option(variant, "Color"),
            Option(variant, "Size"),
            Option(variant, "Material"),
            Option(variant, "Pattern"),
            product.Metadata.Specifications.Count > 0 ? ProductDetails.Format(product.Metadata.Specifications) : null,
            variant.Sku,
            product.Tags.Count > 0 ? string.Join(',', product.Tags) : null,
            product.Rating?.Value.ToString(CultureInfo.InvariantCulture),
            product.Rating?.Count?.ToString(CultureInfo.InvariantCulture),
        ];
    }

    private static string? Barcode(Variant variant, string type) => variant.Barcodes.FirstOrDefault(barcode => barcode.Type == type)?.Value;

    private static string? Option(Variant variant, string name) => variant.Options.FirstOrDefault(option => option.Name == name)?.Label;
}
