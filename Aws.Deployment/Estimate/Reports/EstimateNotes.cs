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
            var items = estimate.Lines.Where(line => line.PriceRegion != estimate.Region).Select(line => line.Item).Distinct().Order(StringComparer.Ordinal);
            yield return $"Unknown in {estimate.Region}, and reckoned with another region's price: {Amounts.Usd(estimate.OfOtherRegion.Expected)} of the expected total ({string.Join(", ", items)}).";
        }

        foreach (var group in estimate.Unpriced.GroupBy(one => (one.Type, one.Reason)))
        {
            yield return $"Unpriced, and in no sum: {group.Count()} × {group.Key.Type} ({group.Key.Reason}; {string.Join(", ", group.Select(one => one.Resource))}).";
        }
    }
}
