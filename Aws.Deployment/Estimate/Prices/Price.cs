using System.ComponentModel.DataAnnotations;

namespace Aws.Deployment.Estimate.Prices;

/// <summary>What one unit of something costs.</summary>
internal sealed record Price
{
    /// <summary>Such as <c>hour</c>, <c>GB</c> or <c>million requests</c>.</summary>
    [Required]
    public required string Unit { get; init; }

    /// <summary>US dollars by region. A region that is not here has an unknown price.</summary>
    public required IReadOnlyDictionary<string, decimal> Usd { get; init; }

    /// <summary>The regions whose price was written down from general knowledge, and not compared with AWS's on the day of the sheet.</summary>
    public IReadOnlyList<string>? Unchecked { get; init; }

    /// <summary>Where AWS's price list has it; null where it is not looked for there.</summary>
    public PriceOffer? Offer { get; init; }
}
