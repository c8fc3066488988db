using System.Globalization;

namespace Aws.Deployment.Estimate.Reports;

/// <summary>What whoever reads an estimate has to know of it.</summary>
internal static class EstimateNotes
{
    public static IEnumerable<string> Of(CostEstimate estimate)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"Prices are of {estimate.PricesOf:yyyy-MM-dd}.");
        if (estimate.OfOtherRegion.Expected > 0)
        {
            yield return $"Unknown in {estimate.Region}, and reckoned with another region's price: {Amounts.Usd(estimate.OfOtherRegion.Expected)} of the expected total ({Items(estimate, line => line.PriceRegion != estimate.Region)}).";
        }

        if (estimate.Unchecked.Expected > 0)
        {
            yield return $"Not compared with AWS's price list, but written down from general knowledge: {Amounts.Usd(estimate.Unchecked.Expected)} of the expected total ({Items(estimate, line => !line.IsPriceChecked)}); --refresh asks for them.";
        }

        foreach (var group in estimate.Unpriced.GroupBy(one => (one.Type, one.Reason)))
        {
            yield return $"Unpriced, and in no sum: {group.Count()} × {group.Key.Type} ({group.Key.Reason}; {string.Join(", ", group.Select(one => one.Resource))}).";
        }
    }

    private static string Items(CostEstimate estimate, Func<EstimateLine, bool> which) =>
        string.Join(", ", estimate.Lines.Where(which).Select(line => line.Item).Distinct().Order(StringComparer.Ordinal));
}
