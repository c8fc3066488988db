namespace Gateway.Api.Experiments.Tallies;

/// <summary>The counts of experiments cannot be reached at present.</summary>
internal sealed class TalliesUnavailableException(Exception cause) : Exception("Redis cannot be reached.", cause);
