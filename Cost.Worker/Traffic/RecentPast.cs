using Cost.Worker.Ledger;
using Cost.Worker.Requests;
using Cost.Worker.Traffic.Series;
using ServiceDefaults.Usage;

namespace Cost.Worker.Traffic;

/// <summary>
/// Reads what the ledger holds of the last days into the charts and the request log, beside what comes in: an event is counted by the one or the other, by
/// whether the ledger had it at the start.
/// </summary>
internal sealed partial class RecentPast(IUsageLedger ledger, TrafficBook traffic, RequestLog log, bool hasIntake, TimeProvider time, ILogger<RecentPast> logger) : BackgroundService, IUsageWatcher
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource<IReadOnlyDictionary<string, long>> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task BeginAsync(IUsageLedger ledger, CancellationToken cancellationToken)
    {
        _begun.TrySetResult(new Dictionary<string, long>(ledger.Kept, StringComparer.Ordinal));
        return Task.CompletedTask;
    }

    public void Add(UsageEvent one)
    {
        // It is no past.
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Without intake nothing comes in, and everything is past.
            var kept = hasIntake ? await _begun.Task.WaitAsync(stoppingToken) : null;

            // Files are read on the thread that asks.
            await Task.Run(() => ReadUntilDoneAsync(kept, stoppingToken), stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The worker stops.
        }
    }

    private async Task ReadUntilDoneAsync(IReadOnlyDictionary<string, long>? kept, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await ReadAsync(kept, cancellationToken);
                return;
            }
            catch (LedgerUnavailableException failure)
            {
                LogNotRead(failure.Message);
                await Task.Delay(RetryAfter, time, cancellationToken);
            }
        }
    }

    private async Task ReadAsync(IReadOnlyDictionary<string, long>? kept, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var first = DateOnly.FromDateTime((now - (TrafficStep.Hour.Length * TrafficStep.Hour.Kept)).UtcDateTime);
        var counts = new TrafficCounts();
        var last = new Queue<UsageEvent>();
        var oldestIn = new DateTimeOffset(first.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

        // A gateway's clock may be a day ahead.
        for (var day = first; day <= today.AddDays(1); day = day.AddDays(1))
        {
            await ledger.ReadEventsAsync(
                day,
                one =>
                {
                    if (kept is not null && one.Id.Sequence > kept.GetValueOrDefault(one.Id.Journal))
                    {
                        return;
                    }

                    counts.Add(one, now);
                    last.Enqueue(one);
                    if (last.Count > RequestLog.Keeps && last.Dequeue() is var left && left.At > oldestIn)
                    {
                        oldestIn = left.At;
                    }
                },
                cancellationToken);
        }

        traffic.Restore(counts);
        log.Restore([.. last], oldestIn);
    }

    [LoggerMessage(LogLevel.Warning, "The last days could not be read from the ledger ({Reason}); it is tried again, and charts begin at the start of the worker meanwhile.")]
    private partial void LogNotRead(string reason);
}
