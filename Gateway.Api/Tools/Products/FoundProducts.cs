using System.Text.Json;

namespace Gateway.Api.Tools.Products;

/// <summary>
/// Reads products out of a tool's result in the shape of the commerce standards (https://ucp.dev):
/// <c>{"products":[{"id","title","url","variants":[{"price":{"amount":4999,"currency":"USD"},"availability":{"available":true}}]}]}</c>, or one under <c>product</c>.
/// </summary>
internal static class FoundProducts
{
    // ISO 4217: all others have two digits behind the point.
    private static readonly HashSet<string> WithoutDigits = ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"];
    private static readonly HashSet<string> WithThreeDigits = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

    public static IReadOnlyList<FoundProduct> In(JsonElement? result) => [.. With(result).Select(found => found.Product)];

    /// <summary>Each with the whole of what the result says of it.</summary>
    public static IEnumerable<(FoundProduct Product, JsonElement Whole)> With(JsonElement? result)
    {
        IEnumerable<JsonElement> all = result?.Find("products") is { ValueKind: JsonValueKind.Array } products ? products.EnumerateArray()
            : result?.Find("product") is { } one ? [one]
            : [];
        return from whole in all let product = Read(whole) where product is not null select (product, whole);
    }

    /// <summary>The amount in units of its currency.</summary>
    public static decimal InUnits(long amount, string currency) => amount / SmallestIn(currency);

    /// <summary>So much of a currency in its smallest unit.</summary>
    public static long InSmallestUnits(decimal units, string currency) => (long)(units * SmallestIn(currency));

    private static decimal SmallestIn(string currency) => WithoutDigits.Contains(currency) ? 1 : WithThreeDigits.Contains(currency) ? 1000 : 100;

    private static FoundProduct? Read(JsonElement product)
    {
        if (product.FindText("id") is not { } id || product.FindText("title") is not { } title)
        {
            return null;
        }

        // What can be bought says what it costs; else the first.
        var variants = product.Find("variants") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().ToList() : [];
        var isAvailable = variants.FindIndex(IsAvailable);
        JsonElement? shown = variants.Count == 0 ? null : variants[Math.Max(isAvailable, 0)];
        var money = shown?.Find("price") ?? product.Find("price_range")?.Find("min");
        var currency = money?.FindText("currency");
        decimal? price = money?.Find("amount") is { ValueKind: JsonValueKind.Number } amount && amount.TryGetInt64(out var number) && currency is not null ? InUnits(number, currency) : null;
        return new FoundProduct(id, title, price, currency, variants.Count == 0 ? null : isAvailable >= 0, UrlOf(product));
    }

    private static bool IsAvailable(JsonElement variant) => variant.Find("availability")?.IsTrue("available") == true;

    // A page puts it into a link.
    private static string? UrlOf(JsonElement product) =>
        product.FindText("url") is { } url && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? url : null;
}
