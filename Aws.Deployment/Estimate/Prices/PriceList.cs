using System.Text.Json;
using ServiceDefaults.Network;

namespace Aws.Deployment.Estimate.Prices;

/// <summary>AWS's bulk price list, which takes no credentials.</summary>
internal sealed class PriceList(HttpClient http)
{
    public static Uri Address { get; } = new("https://pricing.us-east-1.amazonaws.com/");

    /// <summary>A sheet with the region's prices of today, as far as the list has them and can be reached; the others stay as they were.</summary>
    public async Task<PriceRefresh> RefreshAsync(PriceSheet sheet, string region, DateOnly today, CancellationToken cancellationToken)
    {
        var (prices, faults) = (sheet.Prices.ToDictionary(), new List<string>());
        foreach (var service in sheet.Prices.Where(price => price.Value.Offer is not null).GroupBy(price => price.Value.Offer!.Service))
        {
            var wanted = service.ToDictionary(price => price.Key, price => price.Value.Offer!);
            try
            {
                await using var stream = await http.GetStreamAsync(new Uri($"offers/v1.0/aws/{service.Key}/current/{region}/index.json", UriKind.Relative), cancellationToken);
                var found = await new OfferFile(wanted).ReadAsync(stream, cancellationToken);
                foreach (var (name, usd) in found)
                {
                    var old = prices[name];
                    prices[name] = old with { Usd = new Dictionary<string, decimal>(old.Usd) { [region] = usd }, Unchecked = old.Unchecked?.Where(other => other != region).ToList() };
                }

                faults.AddRange(wanted.Keys.Except(found.Keys).Select(name => $"{name}: not in the price list of {service.Key}"));
            }
            catch (Exception failure) when (failure.IsOfNetwork() || failure is JsonException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                faults.Add($"{string.Join(", ", wanted.Keys)}: {failure.Message}");
            }
        }

        // What stays as it was keeps the older day for all: a sheet is as old as the oldest price in it that could have been newer.
        return new PriceRefresh(sheet with { Date = faults.Count == 0 ? today : sheet.Date, Prices = prices }, faults);
    }
}
