namespace Aws.Deployment.Estimate.Prices;

/// <summary>What came of asking for newer prices.</summary>
/// <param name="Sheet">With those that there were.</param>
/// <param name="Faults">Those that stay as they were, and why.</param>
internal sealed record PriceRefresh(PriceSheet Sheet, IReadOnlyList<string> Faults);
