using StackExchange.Redis;

namespace Gateway.Api.Metering.Journal;

/// <summary>Delivers the process's own journal, and those that others left behind until nothing is left of them. Redis may come and go.</summary>
internal sealed partial class UsageDelivery(
    IConnectionMultiplexer redis, JournalSettings settings, TimeProvider time, JournalMetrics metrics, ILogger<UsageDelivery> logger)
{
    private readonly Signal _signal = new();
    private readonly Backoff _backoff = new(settings.FirstRetry, settings.LastRetry);
    private volatile IReadOnlyList<JournalDelivery> _deliveries = [];
    private bool _isAway;

    public long Undelivered => _deliveries.Sum(delivery => delivery.Undelivered);

    public TimeSpan OldestAge => _deliveries.Select(delivery => delivery.OldestAge).DefaultIfEmpty().Max();

    /// <summary>Whether everything there is was pushed that can be.</summary>
    public bool IsPushed => _deliveries.All(delivery => delivery.Unpushed <= 0 || delivery.IsHeld);

    /// <summary>Tells that there are events.</summary>
    public void Wake() => _signal.Set();

    /// <summary>Takes a journal into the delivery, to be called by whoever runs it.</summary>
    public void Add(IJournalSource source) => _deliveries = [.. _deliveries, new JournalDelivery(source, settings, time, metrics, logger)];

    public void Remove(IJournalSource source) => _deliveries = [.. _deliveries.Where(delivery => delivery.Source != source)];

    public bool IsAcknowledged(IJournalSource source) => _deliveries.All(delivery => delivery.Source != source || delivery.Undelivered <= 0);

    /// <summary>One round for each journal; false where Redis cannot be reached or the disk cannot be read.</summary>
    public async Task<bool> TryRoundAsync(CancellationToken cancellationToken)
    {
        _signal.Reset();
        try
        {
            Exception? unreadable = null;
            foreach (var delivery in _deliveries)
            {
                unreadable = await TryRoundAsync(delivery, cancellationToken) ?? unreadable;
            }

            if (unreadable is not null)
            {
                Held(unreadable);
                return false;
            }
        }
        catch (Exception failure) when (failure is RedisException or RedisTimeoutException or TimeoutException)
        {
            Held(failure);
            return false;
        }

        _backoff.Reset();
        if (_isAway)
        {
            _isAway = false;
            LogBack();
        }

        return true;
    }

    /// <summary>Waits after a round until there is something to do.</summary>
    /// <param name="isAway">Whether that round failed.</param>
    /// <param name="batchTime">How long to wait for a batch to fill.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task PauseAsync(bool isAway, TimeSpan batchTime, CancellationToken cancellationToken)
    {
        if (isAway)
        {
            await Task.Delay(_backoff.Delay, time, cancellationToken);
            _backoff.Grow();
        }
        else if (_deliveries.Any(delivery => delivery.IsHeld))
        {
            await Task.Delay(settings.AcknowledgementInterval, time, cancellationToken);
        }
        else if (_deliveries.All(delivery => delivery.Unpushed <= 0))
        {
            await _signal.WaitAsync(_deliveries.Any(delivery => delivery.Undelivered > 0) ? settings.AcknowledgementInterval : settings.LeftoverInterval, time, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            if (_deliveries.Sum(delivery => delivery.Unpushed) is > 0 and var events && events < settings.BatchEvents && batchTime > TimeSpan.Zero)
            {
                await Task.Delay(batchTime, time, cancellationToken);
            }
        }
    }

    // One journal that the disk does not give is no reason not to deliver the others.
    private async Task<Exception?> TryRoundAsync(JournalDelivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            await delivery.RoundAsync(redis.GetDatabase(), cancellationToken);
            return null;
        }
        catch (Exception refusal) when (JournalWriter.IsRefusal(refusal))
        {
            return refusal;
        }
    }

    private void Held(Exception failure)
    {
        foreach (var delivery in _deliveries)
        {
            delivery.Source.Held();
        }

        if (!_isAway)
        {
            _isAway = true;
            LogAway(failure.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Usage events cannot be delivered ({Reason}); they wait in the journal.")]
    private partial void LogAway(string reason);

    [LoggerMessage(LogLevel.Information, "Usage events are delivered again.")]
    private partial void LogBack();
}
