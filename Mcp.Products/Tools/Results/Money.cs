using System.Globalization;
using Mcp.Products.Catalogue;

namespace Mcp.Products.Tools.Results;

/// <summary>Amounts as people write them.</summary>
internal static class Money
{
    private const int Usual = 2;

    // ISO 4217, for the currencies whose smallest unit is no hundredth.
    private static readonly Dictionary<string, int> Decimals = new()
    {
        ["BIF"] = 0, ["CLP"] = 0, ["DJF"] = 0, ["GNF"] = 0, ["ISK"] = 0, ["JPY"] = 0, ["KMF"] = 0, ["KRW"] = 0, ["PYG"] = 0, ["RWF"] = 0, ["UGX"] = 0,
        ["VND"] = 0, ["VUV"] = 0, ["XAF"] = 0, ["XOF"] = 0, ["XPF"] = 0,
        ["BHD"] = 3, ["IQD"] = 3, ["JOD"] = 3, ["KWD"] = 3, ["LYD"] = 3, ["OMR"] = 3, ["TND"] = 3,
    };

    /// <summary>How many of the smallest unit make one: 100 for USD.</summary>
    public static long UnitsOf(string currency) => (long)Math.Pow(10, DecimalsOf(currency));

    public static string Format(Price price) =>
        string.Create(CultureInfo.InvariantCulture, $"{((decimal)price.Amount / UnitsOf(price.Currency)).ToString($"N{DecimalsOf(price.Currency)}", CultureInfo.InvariantCulture)} {price.Currency}");

    private static int DecimalsOf(string currency) => Decimals.GetValueOrDefault(currency, Usual);
}
