using System.Collections.Immutable;

namespace Gateway.Api.Experiments.Tallies;

/// <summary>Counts of this process alone, which end with it.</summary>
internal sealed class MemoryTallies : ITallyStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ImmutableDictionary<string, long>> _byExperiment = [];

    public Task AddAsync(string experiment, IReadOnlyDictionary<string, long> amounts, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var counts = _byExperiment.GetValueOrDefault(experiment, ImmutableDictionary<string, long>.Empty).ToBuilder();
            foreach (var (field, amount) in amounts)
            {
                counts[field] = counts.GetValueOrDefault(field) + amount;
            }

            _byExperiment[experiment] = counts.ToImmutable();
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<string, long>> ReadAsync(string experiment, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyDictionary<string, long>>(_byExperiment.GetValueOrDefault(experiment, ImmutableDictionary<string, long>.Empty));
        }
    }
}
