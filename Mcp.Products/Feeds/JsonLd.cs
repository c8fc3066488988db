using System.Text.Json;
using Mcp.Products.Catalogue;

namespace Mcp.Products.Feeds;

/// <summary>A product as <see href="https://schema.org/Product"/>, for web pages and crawlers.</summary>
internal static class JsonLd
{
    public static void Write(Utf8JsonWriter json, Product product)
    {
        json.WriteStartObject();
        json.WriteString("@context", "https://schema.org");
        json.WriteString("@type", "Product");
        json.WriteString("productID", product.Id);
        json.WriteString("name", product.Title);
        WriteText(json, "description", product.Description.Plain);
        WriteText(json, "url", product.Url);
        WriteText(json, "category", product.Categories.Count > 0 ? product.Categories[0].Value : null);
        if (product.Brand is { } brand)
        {
            json.WriteStartObject("brand");
            json.WriteString("@type", "Brand");
            json.WriteString("name", brand);
            json.WriteEndObject();
        }

        WriteImages(json, product);
        WriteRating(json, product.Rating);
        WriteSpecifications(json, product);
        json.WriteStartArray("offers");
        foreach (var variant in product.Variants)
        {
            WriteOffer(json, product, variant);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteImages(Utf8JsonWriter json, Product product)
    {
        if (product.Media.Count == 0)
        {
            return;
        }

        json.WriteStartArray("image");
        foreach (var media in product.Media)
        {
            json.WriteStringValue(media.Url);
        }

        json.WriteEndArray();
    }

    private static void WriteRating(Utf8JsonWriter json, Rating? rating)
    {
        if (rating is null)
        {
            return;
        }

        json.WriteStartObject("aggregateRating");
        json.WriteString("@type", "AggregateRating");
        json.WriteNumber("ratingValue", rating.Value);
        json.WriteNumber("bestRating", rating.ScaleMax);
        if (rating.Count is { } count)
        {
            json.WriteNumber("ratingCount", count);
        }

        json.WriteEndObject();
    }

    private static void WriteSpecifications(Utf8JsonWriter json, Product product)
    {
        if (product.Metadata.Specifications.Count == 0)
        {
            return;
        }

        json.WriteStartArray("additionalProperty");
        foreach (var (name, value) in product.Metadata.Specifications)
        {
            json.WriteStartObject();
            json.WriteString("@type", "PropertyValue");
            json.WriteString("name", name);
            json.WriteString("value", value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteOffer(Utf8JsonWriter json, Product product, Variant variant)
    {
        json.WriteStartObject();
        json.WriteString("@type", "Offer");
        WriteText(json, "sku", variant.Sku);
        if (variant.Title != product.Title)
        {
            json.WriteString("name", variant.Title);
        }

        json.WriteNumber("price", PriceText.Amount(variant.Price));
        json.WriteString("priceCurrency", variant.Price.Currency);
        json.WriteString("availability", variant.Availability.Status switch
        {
            "in_stock" => "https://schema.org/InStock",
            "backorder" => "https://schema.org/BackOrder",
            "preorder" => "https://schema.org/PreOrder",
            "discontinued" => "https://schema.org/Discontinued",
            _ => variant.Availability.Available ? "https://schema.org/InStock" : "https://schema.org/OutOfStock",
        });
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            json.WriteString(name, text);
        }
    }
}
