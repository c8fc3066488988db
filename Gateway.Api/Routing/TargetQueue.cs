namespace Gateway.Api.Routing;

/// <summary>
/// Bounds how many requests a target works on. Who finds it full waits: tiers of higher priority go first, and within one the tenants take
/// turns, so that one with a thousand requests does not keep another's single one waiting.
/// </summary>
internal sealed class TargetQueue(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, TenantTurns> _byPriority = new(Comparer<int>.Create(static (a, b) => b.CompareTo(a)));
    private int _most;
    private int _inUse;
    private int _waiting;

    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>False where no place was free for as long as <paramref name="patience"/>, or too many wait already.</summary>
    /// <param name="most">How many may be in.</param>
    /// <param name="tenant">Whose turn it is to be.</param>
    /// <param name="priority">The higher goes first.</param>
    /// <param name="patience">How long to wait; zero for not at all.</param>
    /// <param name="longest">How many may wait.</param>
    public ValueTask<bool> EnterAsync(int most, string tenant, int priority, TimeSpan patience, int longest, CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> waiter;
        lock (_gate)
        {
            _most = most;
            if (_inUse < most && _waiting == 0)
            {
                _inUse++;
                return ValueTask.FromResult(true);
            }

            if (patience <= TimeSpan.Zero || _waiting >= longest)
            {
                return ValueTask.FromResult(false);
            }

            waiter = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!_byPriority.TryGetValue(priority, out var turns))
            {
                turns = _byPriority[priority] = new TenantTurns();
            }

            turns.Add(tenant, waiter);
            _waiting++;
            Admit();
        }

        return new ValueTask<bool>(WaitAsync(waiter, patience, cancellationToken));
    }

    /// <summary>Gives a place back.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _inUse--;
            Admit();
        }
    }

    private async Task<bool> WaitAsync(TaskCompletionSource<bool> waiter, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            return await waiter.Task.WaitAsync(patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return !Abandon(waiter);
        }
        catch (OperationCanceledException)
        {
            if (!Abandon(waiter))
            {
                Leave();
            }

            throw;
        }
    }

    // False where its turn came in the same moment.
    private bool Abandon(TaskCompletionSource<bool> waiter)
    {
        lock (_gate)
        {
            if (!waiter.TrySetResult(false))
            {
                return false;
            }

            _waiting--;
            return true;
        }
    }

    private void Admit()
    {
        while (_inUse < _most && TryTakeNext(out var waiter))
        {
            if (waiter.TrySetResult(true))
            {
                _waiting--;
                _inUse++;
            }
        }
    }

    private bool TryTakeNext(out TaskCompletionSource<bool> waiter)
    {
        foreach (var (priority, turns) in _byPriority)
        {
            waiter = turns.Take();
            if (turns.IsEmpty)
            {
                _byPriority.Remove(priority);
            }

            return true;
        }

        waiter = null!;
        return false;
    }
}
