namespace Mcp.Products.Catalogue;

/// <summary>The prices that facets are cut at.</summary>
internal static class PriceSteps
{
    /// <summary>Where each step begins, in the currency's smallest unit.</summary>
    public static readonly long[] Amounts = [0, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 10_000_000];

    public static int Of(long amount)
    {
        var step = Amounts.Length - 1;
        while (step > 0 && amount < Amounts[step])
        {
            step--;
        }

        return step;
    }

    public static PriceFacet Facet(int step, string currency, int count) =>
        new(Amounts[step], step + 1 < Amounts.Length ? Amounts[step + 1] : null, currency, count);
}
