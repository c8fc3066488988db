namespace Gateway.Api.Metering.Journal;

/// <summary>Says once that no journal is kept.</summary>
internal sealed partial class NoJournalService(ILogger<NoJournalService> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        LogNone();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "There is no Redis to deliver usage events to: usage is counted in metrics only.")]
    private partial void LogNone();
}
