using Aws.Deployment.Estimate.Charges;
using Aws.Deployment.Estimate.Prices;
using Aws.Deployment.Estimate.Templates;
using Aws.Deployment.Estimate.Usage;

namespace Aws.Deployment.Estimate;

/// <summary>What an environment costs in a month, in US dollars: AWS's bill for its resources, without what model providers bill for tokens.</summary>
internal sealed record CostEstimate
{
    public required string Environment { get; init; }

    public required string Region { get; init; }

    /// <summary>The day of the prices.</summary>
    public required DateOnly PricesOf { get; init; }

    public required IReadOnlyList<EstimateLine> Lines { get; init; }

    public required IReadOnlyList<UnpricedResource> Unpriced { get; init; }

    public Scenarios Total => Scenarios.Sum(Lines.Select(line => line.Usd));

    /// <summary>The part of the total that is reckoned with another region's prices.</summary>
    public Scenarios OfOtherRegion => Scenarios.Sum(Lines.Where(line => line.PriceRegion != Region).Select(line => line.Usd));

    /// <summary>The part of the total that is reckoned with prices that nobody compared with AWS's.</summary>
    public Scenarios Unchecked => Scenarios.Sum(Lines.Where(line => !line.IsPriceChecked).Select(line => line.Usd));

    /// <summary>The dearest type first.</summary>
    public IEnumerable<(string Type, Scenarios Usd)> ByType => Lines.GroupBy(line => line.Type)
        .Select(group => (Type: group.Key, Usd: Scenarios.Sum(group.Select(line => line.Usd))))
        .OrderByDescending(group => group.Usd.Expected).ThenBy(group => group.Type, StringComparer.Ordinal);

    public static CostEstimate Of(TemplateSet templates, UsageAssumptions usage, PriceSheet prices, string environment, string region)
    {
        var context = new ChargeContext(templates, usage);
        var (lines, unpriced) = (new List<EstimateLine>(), new List<UnpricedResource>());
        foreach (var resource in templates.Resources)
        {
            if (ResourceCharges.Of(resource, context) is not { } charges)
            {
                unpriced.Add(new UnpricedResource(resource.Stack, resource.Id, resource.Type, "the type is not known to the estimate"));
                continue;
            }

            foreach (var charge in charges.Where(charge => charge.Quantity != 0))
            {
                if (prices.Find(charge.Price, region) is not { } price)
                {
                    unpriced.Add(new UnpricedResource(resource.Stack, resource.Id, resource.Type, $"no price for {charge.Item}"));
                    continue;
                }

                lines.Add(new EstimateLine
                {
                    Stack = resource.Stack, Resource = resource.Id, Type = resource.Type, Item = charge.Item,
                    Unit = price.Unit, Quantity = charge.Quantity, UnitPrice = price.Usd, PriceRegion = price.OfRegion, IsPriceChecked = price.IsChecked,
                });
            }
        }

        return new CostEstimate { Environment = environment, Region = region, PricesOf = prices.Date, Lines = lines, Unpriced = unpriced };
    }
}
