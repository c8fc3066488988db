using System.Globalization;
using Mcp.Products.Catalogue;

namespace Mcp.Products.Feeds;

/// <summary>
/// Makes a product of a flat row: the names are those of Google Merchant and of ACP's flat form. What names neither of them knows are
/// specifications.
/// </summary>
internal static class RowMapper
{
    private const char NotUtf8 = '\uFFFD';
    private const string MerchantTaxonomy = "merchant";
    private const string GoogleTaxonomy = "google_product_category";

    private static readonly string[] OptionNames = ["color", "size", "material", "pattern"];

    private static readonly (string Field, string Type)[] BarcodeNames = [("gtin", "GTIN"), ("mpn", "MPN"), ("ean", "EAN"), ("upc", "UPC"), ("isbn", "ISBN")];

    // Fields that say something about the offer and nothing about the product.
    private static readonly HashSet<string> Others = new(StringComparer.OrdinalIgnoreCase)
    {
        "id", "item_id", "sku", "title", "description", "link", "url", "mobile_link", "image_link", "image_url", "additional_image_link", "additional_image_urls",
        "price", "sale_price", "sale_price_effective_date", "currency", "availability", "availability_date", "brand", "product_type", "category", "categories",
        "google_product_category", "product_category", "item_group_id", "group_id", "item_group_title", "group_title", "handle", "tags", "product_detail",
        "identifier_exists", "shipping", "shipping_weight", "shipping_label", "tax", "tax_category", "adult", "ads_redirect", "expiration_date", "cost_of_goods_sold",
        "star_rating", "rating", "review_count", "product_review_count", "product_review_rating", "seller_name", "seller_url", "is_eligible_search", "is_eligible_checkout",
        "enable_search", "enable_checkout", "target_countries", "store_country", "return_policy", "return_window", "offer_id", "listing_has_variations", "is_bundle", "multipack",
    };

    public static FeedEntry Map(RowFields fields, long line, FeedSettings settings)
    {
        if (fields.All.Any(field => field.Value.Contains(NotUtf8)))
        {
            return new FeedEntry(line, null, "it is not encoded as UTF-8");
        }

        if (fields.Get("id", "item_id") is not { } id)
        {
            return new FeedEntry(line, null, "it has no id");
        }

        if (fields.Get("title") is not { } title)
        {
            return new FeedEntry(line, null, $"'{id}' has no title");
        }

        if (!TryReadPrices(fields, settings, out var price, out var listPrice, out var fault))
        {
            return new FeedEntry(line, null, $"'{id}' {fault}");
        }

        if (!AvailabilityText.TryParse(fields.Get("availability"), out var availability))
        {
            return new FeedEntry(line, null, $"'{id}' has the availability '{fields.Get("availability")}'; it must be one of {AvailabilityText.Allowed}");
        }

        var group = fields.Get("item_group_id", "group_id");
        var options = group is null ? [] : Options(fields);
        var variant = new Variant
        {
            Id = id,
            Sku = fields.Get("sku"),
            Title = title,
            Barcodes = Barcodes(fields),
            Price = price!,
            ListPrice = listPrice,
            Availability = availability,
            Options = options,
        };
        return new FeedEntry(line, ProductOf(fields, group ?? id, (group is null ? null : fields.Get("item_group_title", "group_title")) ?? title, variant), Group: group);
    }

    private static Product ProductOf(RowFields fields, string id, string title, Variant variant) => new()
    {
        Id = id,
        Title = title,
        Handle = fields.Get("handle"),
        Description = new Description(fields.Get("description") ?? ""),
        Url = fields.Get("link", "url"),
        Brand = fields.Get("brand"),
        Categories = Categories(fields),
        Media = Media(fields),
        Variants = [variant],
        Rating = Rating(fields),
        Tags = fields.Get("tags")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
        Metadata = new Metadata { Specifications = Specifications(fields, variant.Options) },
    };

    private static bool TryReadPrices(RowFields fields, FeedSettings settings, out Price? price, out Price? listPrice, out string fault)
    {
        listPrice = null;
        if (!PriceText.TryParse(fields.Get("price"), fields.Get("currency") ?? settings.Currency, out price, out fault))
        {
            return false;
        }

        if (fields.Get("sale_price") is not { } reduced)
        {
            return true;
        }

        listPrice = price;
        return PriceText.TryParse(reduced, price!.Currency, out price, out fault);
    }

    private static List<Category> Categories(RowFields fields)
    {
        var categories = new List<Category>();
        foreach (var path in fields.GetAll("product_type").Concat(fields.GetAll("product_category")).Concat(fields.GetAll("category")).Concat(fields.GetAll("categories")))
        {
            Add(path, MerchantTaxonomy);
        }

        foreach (var path in fields.GetAll("google_product_category"))
        {
            // A bare number is one of Google's list, which is not at hand.
            if (!path.All(char.IsAsciiDigit))
            {
                Add(path, GoogleTaxonomy);
            }
        }

        return categories;

        void Add(string path, string taxonomy)
        {
            var category = new Category(CategoryPath.Normalize(path), taxonomy);
            if (category.Value.Length > 0 && !categories.Exists(known => string.Equals(known.Value, category.Value, StringComparison.OrdinalIgnoreCase)))
            {
                categories.Add(category);
            }
        }
    }

    private static Media[] Media(RowFields fields) =>
        [.. fields.GetAll("image_link").Concat(fields.GetAll("image_url"))
            .Concat(fields.GetAll("additional_image_link").Concat(fields.GetAll("additional_image_urls")).SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
            .Select(url => new Media("image", url))];

    private static List<Barcode> Barcodes(RowFields fields)
    {
        var barcodes = new List<Barcode>();
        foreach (var (field, type) in BarcodeNames)
        {
            if (fields.Get(field) is { } value)
            {
                barcodes.Add(new Barcode(type, value));
            }
        }

        return barcodes;
    }

    private static List<VariantOption> Options(RowFields fields)
    {
        var options = new List<VariantOption>();
        foreach (var name in OptionNames)
        {
            if (fields.Get(name) is { } value)
            {
                options.Add(new VariantOption(SpecificationName.Of(name), value));
            }
        }

        return options;
    }

    private static Rating? Rating(RowFields fields) =>
        double.TryParse(fields.Get("star_rating", "rating", "product_review_rating"), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? new Rating(value, Count: int.TryParse(fields.Get("review_count", "product_review_count"), CultureInfo.InvariantCulture, out var count) ? count : null)
            : null;

    private static Dictionary<string, string> Specifications(RowFields fields, IReadOnlyList<VariantOption> options)
    {
        var specifications = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in fields.GetAll("product_detail").SelectMany(ProductDetails.Parse))
        {
            specifications.TryAdd(name, value);
        }

        foreach (var (field, value) in fields.All)
        {
            var name = SpecificationName.Of(field);
            if (name.Length > 0 && !Others.Contains(field) && !field.StartsWith("custom_label_", StringComparison.OrdinalIgnoreCase)
                && !BarcodeNames.Any(barcode => barcode.Field.Equals(field, StringComparison.OrdinalIgnoreCase)) && !options.Any(option => option.Name == name))
            {
                specifications.TryAdd(name, value);
            }
        }

        return specifications;
    }
}
