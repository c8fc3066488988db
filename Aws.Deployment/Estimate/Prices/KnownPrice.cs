namespace Aws.Deployment.Estimate.Prices;

/// <summary>A price as it is known for a region.</summary>
/// <param name="Usd">US dollars for a unit.</param>
/// <param name="Unit">The unit.</param>
/// <param name="OfRegion">The region that it is of: another than asked for where that one's is unknown.</param>
internal readonly record struct KnownPrice(decimal Usd, string Unit, string OfRegion);
