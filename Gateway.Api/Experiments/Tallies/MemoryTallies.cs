using System.Collections.Immutable;

namespace Gateway.Api.Experiments.Tallies;

/// <summary>Counts of this process alone, which end with it.</summary>
internal sealed class MemoryTallies : ITallyStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ImmutableDictionary<string, long>> _byExperiment = [];
    private readonly Dictionary<string, long> _lastBatches = [];

    public Task AddAsync(string experiment, TallyBatch batch, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_lastBatches.GetValueOrDefault(experiment) >= batch.Number)
            {
                return Task.CompletedTask;
            }

            _lastBatches[experiment] = batch.Number;
            var counts = _byExperiment.GetValueOrDefault(experiment, ImmutableDictionary<string, long>.Empty).ToBuilder();
            foreach (var (field, amount) in batch.Amounts)
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
