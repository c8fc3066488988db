namespace Gateway.Api.Experiments.Tallies;

/// <summary>Where the counts of experiments are kept: Redis for replicas, else this process's memory.</summary>
/// <exception cref="TalliesUnavailableException">From each call: it cannot be reached.</exception>
internal interface ITallyStore
{
    /// <summary>Adds to the counts of an experiment. A batch that failed may be in all the same: it is given again as it was, before any later one, and counts once.</summary>
    Task AddAsync(string experiment, TallyBatch batch, CancellationToken cancellationToken);

    Task<IReadOnlyDictionary<string, long>> ReadAsync(string experiment, CancellationToken cancellationToken);
}
