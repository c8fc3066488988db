namespace Aws.Deployment.Estimate.Charges;

/// <summary>One of the things that a resource is billed for.</summary>
/// <param name="Price">The name of its price.</param>
/// <param name="Item">What it is, in words.</param>
/// <param name="Quantity">How many units in a month.</param>
internal readonly record struct Charge(string Price, string Item, Scenarios Quantity);
