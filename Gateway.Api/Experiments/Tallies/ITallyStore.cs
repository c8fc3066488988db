namespace Gateway.Api.Experiments.Tallies;

/// <summary>Where the counts of experiments are kept: Redis for replicas, else this process's memory.</summary>
/// <exception cref="TalliesUnavailableException">From each call: it cannot be reached.</exception>
internal interface ITallyStore
{
    /// <summary>Adds to the counts of an experiment.</summary>
    Task AddAsync(string experiment, IReadOnlyDictionary<string, long> amounts, CancellationToken cancellationToken);

    Task<IReadOnlyDictionary<string, long>> ReadAsync(string experiment, CancellationToken cancellationToken);
}
