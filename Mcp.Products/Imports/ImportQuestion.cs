using Mcp.Products.Commands;
using Mcp.Products.Feeds;

namespace Mcp.Products.Imports;

/// <summary>How a feed that is sent is to be understood.</summary>
internal sealed record ImportQuestion(FeedFormat Format, FeedSettings Settings)
{
    /// <summary>Reads <c>?format=csv&amp;currency=USD&amp;map=part_no=id</c>; null where it cannot be understood.</summary>
    public static ImportQuestion? TryRead(IQueryCollection query, out string param, out string fault)
    {
        var name = query["format"].FirstOrDefault() ?? "";
        (param, fault) = ("format", $"'format' is '{name}'; it must be one of {string.Join(", ", FeedFormats.Read)}.");
        if (FeedFormats.Named(name) is not { } format || format is FeedFormat.JsonLd)
        {
            return null;
        }

        var currency = query["currency"].FirstOrDefault() is { Length: > 0 } asked ? asked : FeedSettings.Default.Currency;
        (param, fault) = ("currency", $"'currency' is '{currency}'; it must be three letters as ISO 4217 has them, such as USD.");
        if (!Currencies.IsValid(currency))
        {
            return null;
        }

        string[] pairs = [.. query["map"].OfType<string>()];
        (param, fault) = ("map", "Each 'map' must be COLUMN=FIELD, such as price_usd=price.");
        return Array.TrueForAll(pairs, ColumnMap.IsPair) ? new ImportQuestion(format, new FeedSettings { Currency = currency.ToUpperInvariant(), Map = ColumnMap.Of(pairs, file: null) }) : null;
    }
}
