namespace Aws.Deployment.Estimate.Prices;

/// <summary>Which product of AWS's price list a price is of.</summary>
/// <param name="Service">The offer's code, such as <c>AmazonEC2</c>.</param>
/// <param name="UsageType">As the list has it, but for the region's prefix: <c>BoxUsage:g5.xlarge</c> is <c>EUC1-BoxUsage:g5.xlarge</c> in Frankfurt.</param>
/// <param name="Operation">Where a kind of use has several.</param>
/// <param name="Units">How many of the list's units are one of ours: a million where ours is a million requests.</param>
internal sealed record PriceOffer(string Service, string UsageType, string? Operation = null, decimal Units = 1);
