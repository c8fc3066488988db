using System.Globalization;
using Mcp.Products.Catalogue;

namespace Mcp.Products.Feeds;

/// <summary>Prices as feeds have them: <c>49.99 USD</c>.</summary>
internal static class PriceText
{
    private const decimal Dearest = 1_000_000_000_000m;

    public static bool TryParse(string? text, string currency, out Price? price, out string fault)
    {
        price = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            fault = "has no price";
            return false;
        }

        var number = text.AsSpan().Trim();
        if (number.Length > 3 && char.IsAsciiLetter(number[^1]))
        {
            currency = number[^3..].ToString();
            number = number[..^3].TrimEnd();
        }
        else if (number.Length > 3 && char.IsAsciiLetter(number[0]))
        {
            currency = number[..3].ToString();
            number = number[3..].TrimStart();
        }

        if (!Currencies.IsValid(currency))
        {
            fault = $"has a price in '{currency}'; a currency is three letters as ISO 4217 has them";
            return false;
        }

        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount) || amount > Dearest)
        {
            fault = $"has the price '{text}'; it must be a number with a point, such as 49.99 USD";
            return false;
        }

        if (amount < 0)
        {
            fault = $"has the negative price '{text}'";
            return false;
        }

        fault = "";
        price = new Price((long)Math.Round(amount * Currencies.UnitsOf(currency), MidpointRounding.AwayFromZero), currency.ToUpperInvariant());
        return true;
    }

    public static string Format(Price price)
    {
        var digits = Currencies.DigitsOf(price.Currency);
        return string.Create(CultureInfo.InvariantCulture, $"{Amount(price).ToString("F" + digits, CultureInfo.InvariantCulture)} {price.Currency}");
    }

    /// <summary>In whole units of the currency.</summary>
    public static decimal Amount(Price price) => price.Amount / Currencies.UnitsOf(price.Currency);
}
