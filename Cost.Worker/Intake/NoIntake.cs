namespace Cost.Worker.Intake;

/// <summary>Says that nothing will come in.</summary>
internal sealed partial class NoIntake(ILogger<NoIntake> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        LogNoRedis();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "No Redis is configured (ConnectionStrings:redis): no usage is taken in; reports of what the ledger holds are served.")]
    private partial void LogNoRedis();
}
