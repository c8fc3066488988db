using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Local.Model.Answers;

/// <summary>Finds products in texts: JSON, whole or a line each, or list lines with a price.</summary>
internal static partial class ProductFacts
{
    private const int MostDepth = 8;

    public static IReadOnlyList<Product> In(string text)
    {
        var products = new List<Product>();
        if (text.AsSpan().TrimStart().StartsWith("{") || text.AsSpan().TrimStart().StartsWith("["))
        {
            Collect(Parse(text), products, 0);
        }

        if (products.Count > 0)
        {
            return products;
        }

        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.IndexOf('{', StringComparison.Ordinal) is >= 0 and var start && line.LastIndexOf('}') is var end && end > start)
            {
                Collect(Parse(line[start..(end + 1)]), products, 0);
            }
            else if (ListLine().Match(line) is { Success: true } match)
            {
                products.Add(new Product(match.Groups["title"].Value.Trim(), match.Groups["price"].Value.Trim(), AvailabilityIn(line)));
            }
        }

        return products;
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Collect(JsonNode? node, List<Product> products, int depth)
    {
        if (depth > MostDepth)
        {
            return;
        }

        if (node is JsonObject item && (TextOf(item["title"]) ?? TextOf(item["name"])) is { } title && PriceOf(item) is { } price)
        {
            products.Add(new Product(title, price, AvailabilityOf(item)));
            return;
        }

        var children = node switch { JsonObject parent => parent.Select(property => property.Value), JsonArray list => list, _ => [] };
        foreach (var child in children)
        {
            Collect(child, products, depth + 1);
        }
    }

    // "price": 12.5 | "12.50 EUR" | { "amount": 1250, "currency": "EUR" }, or price_range.min, or the first variant's price.
    private static string? PriceOf(JsonObject item)
    {
        var price = item["price"] ?? (item["price_range"] as JsonObject)?["min"] ?? ((item["variants"] as JsonArray)?.FirstOrDefault() as JsonObject)?["price"];
        return price switch
        {
            JsonObject money when money["amount"] is { } amount => Money(amount, TextOf(money["currency"]), isMinor: amount.GetValueKind() is JsonValueKind.Number && !amount.ToJsonString().Contains('.', StringComparison.Ordinal)),
            JsonValue value => Money(value, TextOf(item["currency"]), isMinor: false),
            _ => null,
        };
    }

    private static string Money(JsonNode amount, string? currency, bool isMinor)
    {
        var text = isMinor && decimal.TryParse(amount.ToJsonString(), out var minor) ? FormattableString.Invariant($"{minor / 100:0.00}") : amount.ToString();
        return currency is null ? text : $"{text} {currency}";
    }

    private static string? AvailabilityOf(JsonObject item)
    {
        var stated = item["availability"] ?? item["available"] ?? item["in_stock"] ?? item["stock"]
            ?? ((item["variants"] as JsonArray)?.FirstOrDefault() as JsonObject)?["availability"];
        return stated switch
        {
            JsonObject both => TextOf(both["status"]) ?? (both["available"] is { } flag ? AvailabilityOf(new JsonObject { ["available"] = flag.DeepClone() }) : null),
            JsonValue value when value.GetValueKind() is JsonValueKind.True => "in stock",
            JsonValue value when value.GetValueKind() is JsonValueKind.False => "out of stock",
            JsonValue value when value.GetValueKind() is JsonValueKind.Number => $"{value} in stock",
            JsonValue value => value.ToString().Replace('_', ' '),
            _ => null,
        };
    }

    private static string? AvailabilityIn(string line) => Availability().Match(line) is { Success: true } match ? match.Value.ToLowerInvariant().Replace('_', ' ') : null;

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;

    // "- Trail Lamp 200 — €34.90 — in stock"
    [GeneratedRegex("""^(?:[-*•]|\d+[.)])\s+(?<title>.+?)\s*(?:[—–|:,(;-]\s*)+(?:price:?\s*)?(?<price>[$€£]\s?\d+(?:[.,]\d+)?|\d+(?:[.,]\d+)?\s?(?:USD|EUR|GBP|€|\$|£))""", RegexOptions.IgnoreCase)]
    private static partial Regex ListLine();

    [GeneratedRegex("""\b(in[ _]stock|out[ _]of[ _]stock|sold out|available|unavailable|preorder|backorder)\b""", RegexOptions.IgnoreCase)]
    private static partial Regex Availability();
}

internal sealed record Product(string Title, string Price, string? Availability);
