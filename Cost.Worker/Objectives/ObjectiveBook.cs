using Cost.Worker.Configuration;
using Cost.Worker.Ledger;
using Cost.Worker.Traffic;
using ServiceDefaults.Usage;

namespace Cost.Worker.Objectives;

/// <summary>
/// Counts what comes in for every objective. What came before is read beside it, from the counts kept on disk and the ledger's records after them: an event is
/// counted by the one or the other, by whether the ledger had it at the start.
/// </summary>
internal sealed class ObjectiveBook(IReadOnlyDictionary<string, ObjectiveOptions> options, CountsFile file, TimeProvider time) : IUsageWatcher
{
    private readonly Lock _lock = new();
    private readonly Objective[] _objectives = [.. options.Select(one => new Objective(one.Key, one.Value))];
    private readonly TaskCompletionSource<(IUsageLedger Ledger, IReadOnlyDictionary<string, long> Kept)> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Dictionary<string, long> _kept = [];
    private volatile bool _isRestored;

    /// <summary>Whether all is counted that the ledger holds.</summary>
    public bool IsRestored => _isRestored;

    public bool IsEmpty => _objectives.Length == 0;

    public Task BeginAsync(IUsageLedger ledger, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _kept = new(ledger.Kept, StringComparer.Ordinal);
        }

        _begun.TrySetResult((ledger, new Dictionary<string, long>(ledger.Kept, StringComparer.Ordinal)));
        return Task.CompletedTask;
    }

    public void Add(UsageEvent one)
    {
        lock (_lock)
        {
            _kept[one.Id.Journal] = one.Id.Sequence;
            Count(_objectives, one);
        }
    }

    /// <summary>Counts what was before the start; returns when that is done, which may take as long as it takes to read the records.</summary>
    /// <exception cref="LedgerUnavailableException">The ledger cannot be read at present: to be called again, which begins anew.</exception>
    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        var (ledger, kept) = await _begun.Task.WaitAsync(cancellationToken);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var known = file.Read();
        var before = _objectives.Select(objective => new Objective(objective.Name, objective.Options)).ToArray();
        foreach (var (objectives, counted, first) in Portions(before, known, today))
        {
            for (var day = first; day <= today.AddDays(1); day = day.AddDays(1))
            {
                await ledger.ReadEventsAsync(
                    day,
                    one =>
                    {
                        var sequence = one.Id.Sequence;
                        if (sequence <= kept.GetValueOrDefault(one.Id.Journal) && sequence > counted.GetValueOrDefault(one.Id.Journal))
                        {
                            Count(objectives, one);
                        }
                    },
                    cancellationToken);
            }
        }

        Merge(before);
        _isRestored = true;
    }

    /// <summary>Keeps the counts on disk, so that the next start need not read what is in them; nothing before they are restored.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    public void Save()
    {
        if (_isRestored && !IsEmpty)
        {
            KeptCounts counts;
            lock (_lock)
            {
                counts = KeptCounts.Of(_objectives, _kept, time.GetUtcNow());
            }

            file.Write(counts);
        }
    }

    public IReadOnlyList<TResult> Select<TResult>(Func<Objective, DateTimeOffset, TResult> select)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            return [.. _objectives.Select(objective => select(objective, now))];
        }
    }

    // Those whose counts are known go on from them, a day early since events come late; the others begin with their window.
    private static IEnumerable<(Objective[] Objectives, IReadOnlyDictionary<string, long> Counted, DateOnly First)> Portions(Objective[] objectives, KeptCounts? known, DateOnly today)
    {
        var restored = known is null ? [] : objectives.Where(known.TryFill).ToArray();
        if (restored.Length > 0)
        {
            yield return (restored, known!.Kept, DateOnly.FromDateTime(known.At.UtcDateTime).AddDays(-1));
        }

        var others = objectives.Except(restored).ToArray();
        if (others.Length > 0)
        {
            yield return (others, new Dictionary<string, long>(), today.AddDays(-others.Max(objective => objective.Options.WindowDays)));
        }
    }

    private void Merge(Objective[] before)
    {
        lock (_lock)
        {
            for (var i = 0; i < before.Length; i++)
            {
                _objectives[i].Minutes.AddAll(before[i].Minutes);
                _objectives[i].Hours.AddAll(before[i].Hours);
            }
        }
    }

    private void Count(Objective[] objectives, UsageEvent one)
    {
        var now = time.GetUtcNow();
        foreach (var objective in objectives)
        {
            objective.Add(one, now);
        }
    }
}
