namespace Aws.Deployment.Estimate.Prices;

/// <summary>A price as it is known for a region.</summary>
/// <param name="Usd">US dollars for a unit.</param>
/// <param name="Unit">The unit.</param>
/// <param name="OfRegion">The region that it is of: another than asked for where that one's is unknown.</param>
/// <param name="IsChecked">Whether it was compared with AWS's own on the day of the sheet.</param>
internal readonly record struct KnownPrice(decimal Usd, string Unit, string OfRegion, bool IsChecked);
