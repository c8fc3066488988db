using Aws.Deployment.Estimate.Templates;
using Aws.Deployment.Estimate.Usage;

namespace Aws.Deployment.Estimate.Charges;

/// <summary>What charges are reckoned from.</summary>
internal sealed record ChargeContext(TemplateSet Templates, UsageAssumptions Usage)
{
    /// <summary>As AWS's own calculators have it.</summary>
    public const decimal Hours = 730;

    public const decimal Million = 1_000_000;

    private const decimal KilobytesOfGigabyte = 1_000_000;

    public Scenarios MillionRequests => Usage.Requests / Million;

    /// <summary>What goes to callers.</summary>
    public Scenarios ReplyGigabytes => Usage.Requests * Usage.ReplyKilobytes / KilobytesOfGigabyte;

    /// <summary>What goes to providers and comes from them.</summary>
    public Scenarios ProviderGigabytes => Usage.Requests * (Usage.RequestKilobytes + Usage.ReplyKilobytes) / KilobytesOfGigabyte;

    public Scenarios LogGigabytes => Usage.Requests * Usage.LogKilobytes / KilobytesOfGigabyte;

    public Scenarios PageGigabytes => Usage.PageViews * Usage.PageKilobytes / KilobytesOfGigabyte;

    /// <summary>How many there are, at least one.</summary>
    public decimal Count(string type, Func<TemplateResource, bool>? which = null) => Math.Max(1, Templates.OfType(type).Count(which ?? (_ => true)));
}
