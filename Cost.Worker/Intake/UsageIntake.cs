using Cost.Worker.Ledger;
using Cost.Worker.Traffic;
using StackExchange.Redis;

namespace Cost.Worker.Intake;

/// <summary>
/// Moves usage from Redis to the ledger: taken, kept for good, acknowledged, dropped, in that order. Whatever fails in between, it
/// begins anew from what the ledger holds and what was taken, until it succeeds.
/// </summary>
internal sealed partial class UsageIntake(
    UsageQueue queue, IUsageLedger ledger, RoundPlanner planner, Quarantine quarantine, UsageFeed feed, IntakeState state, IntakeMetrics metrics, TimeProvider time, ILogger<UsageIntake> logger)
    : BackgroundService
{
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RollUpsEvery = TimeSpan.FromMinutes(5);

    private TimeSpan _backOff = FirstBackOff;
    private long _flushed;

    /// <summary>A ledger that another worker writes is a fault of this start; one that cannot be written at present is tried again.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        state.Drained();
        try
        {
            await ledger.OpenAsync(cancellationToken);
        }
        catch (LedgerUnavailableException failure)
        {
            Begin(new IntakeTrouble(IntakeTrouble.Ledger, failure.Message));
        }

        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await ledger.FlushAsync(onlyWhereDue: false, CancellationToken.None);
        }
        catch (LedgerUnavailableException failure)
        {
            LogNotFlushed(failure.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _flushed = time.GetTimestamp();
        for (var isOpen = state.Trouble is null; !stoppingToken.IsCancellationRequested; isOpen = false)
        {
            try
            {
                await TakeInAsync(isOpen, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (LedgerUnavailableException failure)
            {
                await BackOffAsync(new IntakeTrouble(IntakeTrouble.Ledger, failure.Message), stoppingToken);
            }
            catch (Exception failure) when (failure is RedisException or TimeoutException)
            {
                await BackOffAsync(new IntakeTrouble(IntakeTrouble.Redis, failure.Message), stoppingToken);
            }
        }
    }

    private async Task TakeInAsync(bool isOpen, CancellationToken cancellationToken)
    {
        if (!isOpen)
        {
            await ledger.OpenAsync(cancellationToken);
        }

        await feed.BeginAsync(ledger, cancellationToken);
        while (await queue.TakenAsync(cancellationToken) is { Count: > 0 } left)
        {
            await KeepAsync(left, cancellationToken);
        }

        await ReconcileAsync(cancellationToken);
        while (true)
        {
            var batches = await queue.TakeAsync(cancellationToken);
            if (batches.Count > 0)
            {
                await KeepAsync(batches, cancellationToken);
            }

            if (batches.Count < UsageQueue.Most)
            {
                state.Drained();
            }

            End();
            var isTime = time.GetElapsedTime(_flushed) > RollUpsEvery;
            await ledger.FlushAsync(onlyWhereDue: !isTime, cancellationToken);
            _flushed = isTime ? time.GetTimestamp() : _flushed;
        }
    }

    private async Task KeepAsync(IReadOnlyList<RedisValue> taken, CancellationToken cancellationToken)
    {
        var plan = planner.Plan(taken, ledger.Kept);
        quarantine.Write(plan.Aside);
        metrics.SetAside(plan.Aside.Count);
        if (plan.Batches.Count > 0)
        {
            await ledger.AppendAsync(plan.Batches, cancellationToken);
            metrics.Kept(plan.Batches);
            feed.Add(plan.Batches);
        }

        await queue.AcknowledgeAsync(plan.Acknowledged, taken, cancellationToken);
    }

    // Redis may have lost what it was told, or know of what this ledger has lost: a gateway drops what was acknowledged, so nobody can
    // send it again, and to wait for it would be to wait for ever.
    private async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        var acknowledged = await queue.AcknowledgedAsync(cancellationToken);
        var lost = new List<LedgerBatch>();
        foreach (var (journal, last) in acknowledged)
        {
            var kept = ledger.Kept.GetValueOrDefault(journal);
            if (last > kept)
            {
                LogAcknowledgedElsewhere(journal, kept + 1, last);
                lost.Add(new LedgerBatch(journal, kept + 1, last, []));
            }
        }

        if (lost.Count > 0)
        {
            await ledger.AppendAsync(lost, cancellationToken);
        }

        await queue.AcknowledgeAsync(ledger.Kept, [], cancellationToken);
    }

    private async Task BackOffAsync(IntakeTrouble trouble, CancellationToken stoppingToken)
    {
        Begin(trouble);
        try
        {
            await Task.Delay(_backOff, time, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        _backOff = _backOff * 2 < LongestBackOff ? _backOff * 2 : LongestBackOff;
    }

    private void Begin(IntakeTrouble trouble)
    {
        if (state.Trouble?.What != trouble.What)
        {
            LogTrouble(trouble.What, trouble.Reason);
        }

        state.Trouble = trouble;
    }

    private void End()
    {
        if (state.Trouble is { } trouble)
        {
            LogOver(trouble.What);
            state.Trouble = null;
        }

        _backOff = FirstBackOff;
    }

    [LoggerMessage(LogLevel.Error, "Usage waits in Redis, because of the {What}: {Reason} It is tried again until it succeeds; nothing is lost.")]
    private partial void LogTrouble(string what, string reason);

    [LoggerMessage(LogLevel.Information, "Usage is taken in again; the trouble with the {What} is over.")]
    private partial void LogOver(string what);

    [LoggerMessage(LogLevel.Error, "Events {First} to {Last} of journal {Journal} were acknowledged once and are not in this ledger: it was exchanged, or lost them. Going on after them.")]
    private partial void LogAcknowledgedElsewhere(string journal, long first, long last);

    [LoggerMessage(LogLevel.Warning, "The roll-ups were not brought up to date at the end ({Reason}); the next start does it.")]
    private partial void LogNotFlushed(string reason);
}
