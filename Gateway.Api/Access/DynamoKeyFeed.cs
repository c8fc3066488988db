namespace Gateway.Api.Access;

/// <summary>
/// Keeps this replica's keys those of DynamoDB: asks four times a second whether there was a change, and then, and once a minute, reads
/// all of them. While DynamoDB is away the keys known last stay good.
/// </summary>
internal sealed partial class DynamoKeyFeed(KeyStore keys, DynamoKeys repository, TimeProvider time, ILogger<DynamoKeyFeed> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestTrust = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _looking = new(1);
    private volatile bool _isReachable;
    private long _lookedAt;
    private bool _isOpen;
    private long _seen = -1;
    private long _readAt;

    /// <summary>Whether DynamoDB answered when it was last asked.</summary>
    public bool IsReachable => _isReachable;

    /// <summary>Looks now where that was long ago: a process that was frozen between requests does not know what happened meanwhile.</summary>
    public ValueTask CatchUpAsync(CancellationToken cancellationToken) =>
        time.GetUtcNow().UtcTicks - Volatile.Read(ref _lookedAt) < (Interval * 2).Ticks ? ValueTask.CompletedTask : new ValueTask(LookAsync(cancellationToken));

    public override void Dispose()
    {
        base.Dispose();
        _looking.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await LookAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await _looking.WaitAsync(cancellationToken);
        try
        {
            await FollowAsync(cancellationToken);
            _isReachable = true;
        }
        catch (KeysUnavailableException failure)
        {
            if (_isReachable || _seen < 0)
            {
                LogAway(failure.InnerException?.Message ?? failure.Message);
            }

            _isReachable = false;
        }
        finally
        {
            Volatile.Write(ref _lookedAt, time.GetUtcNow().UtcTicks);
            _looking.Release();
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        if (!_isOpen)
        {
            await repository.OpenAsync(cancellationToken);
            _isOpen = true;
        }

        // Counted before they are read: a change in between is seen the next time.
        var changes = await repository.CountChangesAsync(cancellationToken);
        if (changes != _seen || time.GetElapsedTime(_readAt) >= LongestTrust)
        {
            await keys.LoadAsync(cancellationToken);
            (_seen, _readAt) = (changes, time.GetTimestamp());
            LogLoaded(keys.All.Count);
        }
    }

    [LoggerMessage(LogLevel.Debug, "{Count} API keys read from DynamoDB.")]
    private partial void LogLoaded(int count);

    [LoggerMessage(LogLevel.Warning, "The API keys in DynamoDB cannot be read ({Reason}); those known last stay good.")]
    private partial void LogAway(string reason);
}
