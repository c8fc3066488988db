using Aws.Deployment.Estimate.Templates;

namespace Aws.Deployment.Estimate.Charges;

/// <summary>What callers and visitors come through.</summary>
internal static class EdgeCharges
{
    // The page, its script, its style, its picture, and the question that is asked.
    private const decimal RequestsOfView = 5;

    public static IEnumerable<Charge> Api(TemplateResource api, ChargeContext context) =>
    [
        new("apigateway.requests", "requests", context.MillionRequests),
        new("transfer.out", "data out", context.ReplyGigabytes),
    ];

    public static IEnumerable<Charge> Firewall(TemplateResource list, ChargeContext context)
    {
        yield return new("waf.list", "list of rules", 1);
        yield return new("waf.rule", "rules", list.List("Rules").Count);

        // A list before CloudFront sees visits, the others see the gateway's requests.
        yield return new("waf.requests", "requests", list.Text("Scope") == "CLOUDFRONT" ? context.Usage.PageViews * RequestsOfView / ChargeContext.Million : context.MillionRequests);
    }

    public static IEnumerable<Charge> Distribution(TemplateResource distribution, ChargeContext context) =>
    [
        new("cloudfront.data", "data out", context.PageGigabytes),
        new("cloudfront.requests", "requests", context.Usage.PageViews * RequestsOfView / 10_000),
    ];
}
