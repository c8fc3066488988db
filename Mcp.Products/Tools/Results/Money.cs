using System.Globalization;
using Mcp.Products.Catalogue;
using Mcp.Products.Feeds;

namespace Mcp.Products.Tools.Results;

/// <summary>Amounts as people write them: 1,299.00 USD.</summary>
internal static class Money
{
    public static string Format(Price price) =>
        $"{(price.Amount / Currencies.UnitsOf(price.Currency)).ToString($"N{Currencies.DigitsOf(price.Currency)}", CultureInfo.InvariantCulture)} {price.Currency}";
}
