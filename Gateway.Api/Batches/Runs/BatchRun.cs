using Gateway.Api.Batches.Lines;
using Gateway.Api.Batches.Storage;
using Gateway.Api.Files;

namespace Gateway.Api.Batches.Runs;

/// <summary>A batch that this process works on, for as long as it holds the lease.</summary>
internal sealed class BatchRun(StoredBatch batch, BatchLease lease, TimeSpan leaseTime, IBatchStore store, TimeProvider time) : IDisposable
{
    private const int BeatsInLease = 4;

    private static readonly TimeSpan LongestHeartbeat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _noMore = new();
    private readonly CancellationTokenSource _givenUp = new();
    private StoredBatch _batch = batch;

    /// <summary>As it was last seen.</summary>
    public StoredBatch Batch
    {
        get
        {
            lock (_gate)
            {
                return _batch;
            }
        }
    }

    public LinePause Pause { get; } = new(time);

    /// <summary>No further line is begun, because the batch has come to its end in some way or the gateway is being stopped; what is under way may end.</summary>
    public CancellationToken NoMore => _noMore.Token;

    /// <summary>Nothing of it is waited for any longer.</summary>
    public CancellationToken GivenUp => _givenUp.Token;

    public bool IsStopping { get; private set; }

    public bool IsExpired => Batch.ExpiresAt <= time.GetUtcNow();

    /// <summary>Why the lines that are left are not run; null where they are.</summary>
    public LineFault? LeftOut => Batch.Status == BatchStatus.Cancelling ? LineFault.Cancelled : IsExpired ? LineFault.Expired : null;

    public void Stop()
    {
        IsStopping = true;
        Cancel(_noMore);
    }

    public void GiveUp() => Cancel(_givenUp);

    /// <summary>Changes the batch as it is kept now. Where it is another process's by now the run is given up.</summary>
    /// <param name="change">The very same where there is nothing to change; may be asked more than once.</param>
    public async Task ChangeAsync(Func<StoredBatch, StoredBatch> change)
    {
        while (true)
        {
            var before = Batch;
            var after = change(before);
            if (ReferenceEquals(before, after))
            {
                return;
            }

            if (await PatientlyAsync(() => store.TryChangeAsync(after, GivenUp)))
            {
                See(after with { Version = after.Version + 1 });
                return;
            }

            await PatientlyAsync(RenewAsync);
        }
    }

    public async Task AddResultAsync(int line, BatchResult result)
    {
        if (!await PatientlyAsync(() => store.AddResultAsync(lease, line, result, GivenUp)))
        {
            Lose();
        }
    }

    /// <summary>Renews the lease, and looks whether the batch was cancelled or has expired, until that is cancelled itself.</summary>
    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        var heartbeat = leaseTime / BeatsInLease < LongestHeartbeat ? leaseTime / BeatsInLease : LongestHeartbeat;
        using var timer = new PeriodicTimer(heartbeat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await BeatAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
    }

    /// <summary>Does so once.</summary>
    public async Task BeatAsync()
    {
        try
        {
            await RenewAsync();
        }
        catch (StoreUnavailableException)
        {
            // The next beat tries again. Nobody else can take the batch meanwhile.
        }
        catch (Exception over) when (over is OperationCanceledException or ObjectDisposedException)
        {
            return;
        }

        if (LeftOut is not null)
        {
            Cancel(_noMore);
        }
    }

    public async Task ReleaseAsync()
    {
        try
        {
            await store.ReleaseAsync(lease, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // The lease runs out.
        }
    }

    public void Dispose()
    {
        _noMore.Dispose();
        _givenUp.Dispose();
    }

    private async Task<bool> RenewAsync()
    {
        if (await store.RenewAsync(lease, time.GetUtcNow() + leaseTime, GivenUp) is not { } current)
        {
            Lose();
            return false;
        }

        See(current);
        return true;
    }

    private void Lose()
    {
        GiveUp();
        GivenUp.ThrowIfCancellationRequested();
    }

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended meanwhile.
        }
    }

    private void See(StoredBatch current)
    {
        lock (_gate)
        {
            _batch = current.Version >= _batch.Version ? current : _batch;
        }
    }

    // What a line cost is not to be paid twice for a store that was away for a moment.
    private async Task<T> PatientlyAsync<T>(Func<Task<T>> ask)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (StoreUnavailableException)
            {
                await Task.Delay(BetweenTries, time, GivenUp);
            }
        }
    }
}
