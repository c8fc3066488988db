using Cost.Worker.Ledger;

namespace Cost.Worker.Objectives;

/// <summary>Counts what was before the start, and keeps the counts on disk from time to time and at the end.</summary>
internal sealed partial class ObjectiveService(ObjectiveBook book, TimeProvider time, ILogger<ObjectiveService> logger) : BackgroundService
{
    private static readonly TimeSpan SaveEvery = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Save();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (book.IsEmpty)
        {
            return;
        }

        try
        {
            // Files are read on the thread that asks.
            await Task.Run(() => RestoreAsync(stoppingToken), stoppingToken);
            using var timer = new PeriodicTimer(SaveEvery, time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Save();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The worker stops.
        }
    }

    private async Task RestoreAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await book.RestoreAsync(stoppingToken);
                return;
            }
            catch (LedgerUnavailableException failure)
            {
                LogNotRestored(failure.Message);
                await Task.Delay(RetryAfter, time, stoppingToken);
            }
        }
    }

    private void Save()
    {
        try
        {
            book.Save();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogNotSaved(failure.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Objectives could not be counted from the ledger's records ({Reason}); it is tried again.")]
    private partial void LogNotRestored(string reason);

    [LoggerMessage(LogLevel.Warning, "The counts of objectives were not kept ({Reason}); the next start reads more of the ledger's records.")]
    private partial void LogNotSaved(string reason);
}
