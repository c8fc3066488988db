using System.Globalization;
using System.Text.Json;
using Mcp.Products.Catalogue;

namespace Gateway.Benchmarks.Catalogue;

/// <summary>Computer parts as docyx/pc-part-dataset has them: a file a category, an object a line, the price in dollars or null.</summary>
internal static class PcParts
{
    public static List<Product> Read(string folder)
    {
        var products = new List<Product>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal))
        {
            var kind = Path.GetFileNameWithoutExtension(path);
            var number = 0;
            foreach (var line in File.ReadLines(path))
            {
                using var part = JsonDocument.Parse(line);
                products.Add(ProductOf(part.RootElement, kind, $"{kind}-{++number}"));
            }
        }

        return products;
    }

    private static Product ProductOf(JsonElement part, string kind, string id)
    {
        var title = part.GetProperty("name").GetString()!;
        var price = part.GetProperty("price");
        var specifications = new Dictionary<string, string>();
        foreach (var property in part.EnumerateObject())
        {
            if (property.Name is not ("name" or "price") && property.Value.ValueKind is not JsonValueKind.Null)
            {
                specifications[property.Name.Replace('_', ' ')] = Text(property.Value);
            }
        }

        return new Product
        {
            Id = id,
            Title = title,
            Brand = title.Split(' ')[0],
            Categories = [new Category($"Computers > {kind.Replace('-', ' ')}", "merchant")],
            Metadata = new Metadata { Specifications = specifications },
            Variants =
            [
                new Variant
                {
                    Id = id,
                    Title = title,
                    Price = new Price(price.ValueKind is JsonValueKind.Null ? 0 : (long)Math.Round(price.GetDecimal() * 100), "USD"),
                    Availability = price.ValueKind is JsonValueKind.Null ? Availability.OutOfStock : Availability.InStock,
                },
            ],
        };
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "Yes",
        JsonValueKind.False => "No",
        JsonValueKind.Array => string.Join(" / ", value.EnumerateArray().Select(Text)),
        JsonValueKind.Number => value.GetDecimal().ToString(CultureInfo.InvariantCulture),
        _ => value.GetString() ?? "",
    };
}
