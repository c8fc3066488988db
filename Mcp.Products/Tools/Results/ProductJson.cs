using System.Text.Json;
using Mcp.Products.Catalogue;

namespace Mcp.Products.Tools.Results;

/// <summary>Products and what the catalogue says of them, as data.</summary>
internal static class ProductJson
{
    public static void WriteProducts(Utf8JsonWriter json, IReadOnlyList<Product> products)
    {
        json.WriteStartArray("products");
        foreach (var product in products)
        {
            Write(json, product);
        }

        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, Product product) => JsonSerializer.Serialize(json, product, CatalogueJson.Readable.Product);

    public static void WriteValues(Utf8JsonWriter json, string name, IReadOnlyList<FacetValue> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStartObject();
            json.WriteString("value", value.Value);
            json.WriteNumber("count", value.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteFacets(Utf8JsonWriter json, CatalogueFacets facets)
    {
        json.WriteStartObject("facets");
        WriteValues(json, "categories", facets.Categories);
        WriteValues(json, "brands", facets.Brands);
        json.WriteStartArray("prices");
        foreach (var price in facets.Prices)
        {
            json.WriteStartObject();
            json.WriteNumber("min", price.Min);
            if (price.Below is { } below)
            {
                json.WriteNumber("below", below);
            }

            json.WriteString("currency", price.Currency);
            json.WriteNumber("count", price.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("available", facets.Available);
        json.WriteStartArray("specifications");
        foreach (var specification in facets.Specifications)
        {
            json.WriteStartObject();
            json.WriteString("name", specification.Name);
            json.WriteNumber("count", specification.Count);
            WriteValues(json, "values", specification.Values);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
