namespace Gateway.Api.Metering.Journal;

/// <summary>The life of a journal: what a gateway does with it as it starts, runs and stops.</summary>
internal abstract class JournalService(UsageDelivery delivery, JournalMetrics metrics, JournalSettings settings, TimeProvider time) : BackgroundService
{
    /// <summary>Takes events as soon as the service has started.</summary>
    public EventGatherer Gatherer { get; protected set; } = null!;

    /// <summary>Whether the disk takes nothing at the moment.</summary>
    public virtual bool IsRefused => false;

    public TimeSpan OldestAge => delivery.OldestAge;

    protected UsageDelivery Delivery => delivery;

    protected JournalSettings Settings => settings;

    protected TimeProvider Time => time;

    protected abstract TimeSpan BatchTime { get; }

    protected abstract long Bytes { get; }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        metrics.Bytes = () => Bytes;
        metrics.Undelivered = () => delivery.Undelivered;
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Events under way are put down, and what can be is delivered.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (ExecuteTask is null)
        {
            return;
        }

        // It ends soon, also where the caller has no patience: one who delivers is enough.
        await ExecuteTask.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await CloseAsync();
        using var patience = new CancellationTokenSource(settings.LastDeliveryTime, time);
        try
        {
            while (!delivery.IsPushed && await delivery.TryRoundAsync(patience.Token))
            {
            }
        }
        catch (OperationCanceledException)
        {
            // What is left waits for the next process.
        }

        End();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var isAway = !await delivery.TryRoundAsync(stoppingToken);
            Tidy();
            await delivery.PauseAsync(isAway, BatchTime, stoppingToken);
        }
    }

    protected abstract Task OpenAsync(CancellationToken cancellationToken);

    protected virtual void Tidy()
    {
    }

    /// <summary>No more events come: puts down what there is.</summary>
    protected abstract Task CloseAsync();

    /// <summary>The last delivery is over.</summary>
    protected abstract void End();
}
