using System.Collections.Concurrent;
using Gateway.Api.Batches.Storage;
using Gateway.Api.Configuration;
using Gateway.Api.Files;

namespace Gateway.Api.Batches.Runs;

/// <summary>Looks for batches that nobody works on, and works on them: those that were just made, and those whose process has died.</summary>
internal sealed partial class BatchRunner(
    IBatchStore store, BatchWork work, BatchOwner owner, LiveConfiguration configuration, TimeProvider time, ILogger<BatchRunner> logger) : BackgroundService
{
    private const int MostAtOnce = 64;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<BatchName, (BatchRun Run, Task Ended)> _runs = [];
    private readonly SemaphoreSlim _made = new(0);

    /// <summary>A batch was made: there is no need to wait until somebody looks.</summary>
    public void Look() => _made.Release();

    /// <summary>A batch was cancelled: where it is worked on here no further line is begun. Another process finds out when it next renews its lease.</summary>
    public Task LookAtAsync(BatchName name) => _runs.TryGetValue(name, out var running) ? running.Run.BeatAsync() : Task.CompletedTask;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        var running = _runs.Values.ToList();
        running.ForEach(each => each.Run.Stop());
        var ended = Task.WhenAll(running.Select(each => each.Ended));
        await ended.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!ended.IsCompleted)
        {
            running.ForEach(each => each.Run.GiveUp());
            await ended;
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _made.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await TakeAsync(stoppingToken);
            }
            catch (StoreUnavailableException)
            {
                // Who needs the store is told; here the next look does.
            }

            await ((Task)_made.WaitAsync(BetweenLooks, stoppingToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TakeAsync(CancellationToken stoppingToken)
    {
        // Before the keys are read every line would fail for want of one.
        if (!owner.IsKnown)
        {
            return;
        }

        var leaseTime = configuration.Current.Batches.Lease;
        foreach (var name in await store.ListOpenAsync(stoppingToken))
        {
            if (_runs.Count < MostAtOnce && !_runs.ContainsKey(name)
                && await store.TryLeaseAsync(name, time.GetUtcNow() + leaseTime, stoppingToken) is { } lease
                && await store.FindAsync(name, stoppingToken) is { } batch)
            {
                var run = new BatchRun(batch, lease, leaseTime, store, time);
                var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _runs[name] = (run, ended.Task);
                _ = RunAsync(run, name, ended);
            }
        }
    }

    private async Task RunAsync(BatchRun run, BatchName name, TaskCompletionSource ended)
    {
        using var beats = new CancellationTokenSource();
        var heartbeat = run.BeatAsync(beats.Token);
        try
        {
            LogBegun(name.Id, run.Batch.Status);
            if (await work.RunAsync(run))
            {
                LogEnded(name.Id, run.Batch.Status);
            }
            else
            {
                await run.ReleaseAsync();
            }
        }
        catch (OperationCanceledException) when (run.GivenUp.IsCancellationRequested)
        {
            LogGivenUp(name.Id);
        }
        catch (StoreUnavailableException unavailable)
        {
            LogInterrupted(unavailable, name.Id);
        }
        catch (Exception bug)
        {
            // The lease runs out before anybody tries again.
            LogFailed(bug, name.Id);
        }
        finally
        {
            await beats.CancelAsync();
            await heartbeat;
            _runs.TryRemove(name, out _);
            run.Dispose();
            ended.SetResult();
        }
    }

    [LoggerMessage(LogLevel.Information, "The batch {Id} ({Status}) is worked on here.")]
    private partial void LogBegun(string id, BatchStatus status);

    [LoggerMessage(LogLevel.Information, "The batch {Id} has ended: {Status}.")]
    private partial void LogEnded(string id, BatchStatus status);

    [LoggerMessage(LogLevel.Warning, "The batch {Id} is left to another process.")]
    private partial void LogGivenUp(string id);

    [LoggerMessage(LogLevel.Warning, "The batch {Id} is interrupted and goes on when its store can be reached.")]
    private partial void LogInterrupted(Exception failure, string id);

    [LoggerMessage(LogLevel.Error, "The gateway failed at the batch {Id}; it is tried again.")]
    private partial void LogFailed(Exception bug, string id);
}
