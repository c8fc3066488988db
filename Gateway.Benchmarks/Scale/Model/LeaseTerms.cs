namespace Gateway.Benchmarks.Scale.Model;

/// <summary>When a gateway takes a lease of limits, so that not every request has to ask Redis: as <c>Gateway.Api.Limits.Shared.LeaseDemand</c> has it.</summary>
/// <param name="Seconds">How long one is; as long is looked back to see how many are to be expected.</param>
/// <param name="Fewest">How many have to be, for one to be worth it.</param>
/// <param name="Margin">How many times as many it is for.</param>
internal sealed record LeaseTerms(double Seconds = 0.1, int Fewest = 8, double Margin = 1.5);
