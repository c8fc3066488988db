namespace Mcp.Products.Feeds;

/// <summary>How many digits a currency has behind the point: two but for those that ISO 4217 says otherwise of.</summary>
internal static class Currencies
{
    private const int Usual = 2;

    private static readonly HashSet<string> Without = new(StringComparer.OrdinalIgnoreCase)
    {
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF",
    };

    private static readonly HashSet<string> WithThree = new(StringComparer.OrdinalIgnoreCase) { "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND" };

    public static bool IsValid(string currency) => currency.Length == 3 && currency.All(char.IsAsciiLetter);

    public static int DigitsOf(string currency) => Without.Contains(currency) ? 0 : WithThree.Contains(currency) ? 3 : Usual;

    public static decimal UnitsOf(string currency) => DigitsOf(currency) switch
    {
        0 => 1m,
        3 => 1000m,
        _ => 100m,
    };
}
