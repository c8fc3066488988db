using System.Text.Json;
using Mcp.Products.Catalogue;

namespace Mcp.Products.Feeds;

/// <summary>A variant as a row of the Agentic Commerce Protocol's flat feed.</summary>
internal static class AcpRow
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["id"] = "item_id",
        ["item_group_id"] = "group_id",
        ["item_group_title"] = "group_title",
        ["link"] = "url",
        ["image_link"] = "image_url",
        ["additional_image_link"] = "additional_image_urls",
        ["product_type"] = "product_category",
        ["rating"] = "star_rating",
    };

    public static void Write(Utf8JsonWriter json, Product product, Variant variant)
    {
        json.WriteStartObject();
        var row = OfferRow.Of(product, variant);
        for (var i = 0; i < row.Length; i++)
        {
            var column = OfferRow.Columns[i];
            if (row[i] is { Length: > 0 } value && column != "google_product_category")
            {
                json.WriteString(Names.GetValueOrDefault(column, column), value);
            }
        }

        json.WriteEndObject();
    }
}
