using System.Globalization;
using System.Text.Json.Nodes;
using Aws.Deployment.Publishing;

namespace Aws.Deployment.Estimate.Reports;

/// <summary>An estimate for other programs.</summary>
internal static class EstimateJson
{
    public static string Of(CostEstimate estimate) => new JsonObject
    {
        ["environment"] = estimate.Environment,
        ["region"] = estimate.Region,
        ["prices_of"] = estimate.PricesOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["currency"] = "USD",
        ["total"] = Node(estimate.Total),
        ["with_prices_of_other_regions"] = Node(estimate.OfOtherRegion),
        ["with_unchecked_prices"] = Node(estimate.Unchecked),
        ["by_type"] = new JsonObject(estimate.ByType.Select(group => KeyValuePair.Create<string, JsonNode?>(group.Type, Node(group.Usd)))),
        ["lines"] = new JsonArray([.. estimate.Lines.Select(Node)]),
        ["unpriced"] = new JsonArray([.. estimate.Unpriced.Select(one => new JsonObject { ["stack"] = one.Stack, ["resource"] = one.Resource, ["type"] = one.Type, ["reason"] = one.Reason })]),
    }.ToJsonString(PublishedJson.Format);

    private static JsonObject Node(EstimateLine line) => new()
    {
        ["stack"] = line.Stack,
        ["resource"] = line.Resource,
        ["type"] = line.Type,
        ["item"] = line.Item,
        ["unit"] = line.Unit,
        ["unit_price"] = line.UnitPrice,
        ["price_region"] = line.PriceRegion,
        ["price_checked"] = line.IsPriceChecked,
        ["quantity"] = Node(line.Quantity),
        ["usd"] = Node(line.Usd),
    };

    private static JsonObject Node(Scenarios scenarios) => new() { ["low"] = scenarios.Low, ["expected"] = scenarios.Expected, ["high"] = scenarios.High };
}
