using System.Threading.Channels;

namespace Gateway.Api.Configuration.Changes;

/// <summary>
/// Keeps this replica's configuration that which was put last, here or at another one. It is told of each version, and looks twice a
/// second all the same: what is told while a connection is away is told to nobody.
/// </summary>
internal sealed partial class ConfigurationFeed(IConfigurationHistory history, LiveConfiguration live, TimeProvider time, ILogger<ConfigurationFeed> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>The gateway starts all the same; what was put is in force as soon as it can be read.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Channel<bool> _look = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private bool _isAway;
    private bool _isLoaded;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(cancellationToken).WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            LogLate();
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticks = time.CreateTimer(_ => Look(), state: null, Interval, Interval);
        var isSubscribed = false;
        Look();
        await foreach (var _ in _look.Reader.ReadAllAsync(stoppingToken))
        {
            isSubscribed = isSubscribed || await TrySubscribeAsync();
            await LookAsync(stoppingToken);
        }
    }

    private void Look() => _look.Writer.TryWrite(true);

    private async Task<bool> TrySubscribeAsync()
    {
        try
        {
            await history.SubscribeAsync(Look);
            return true;
        }
        catch (IOException)
        {
            // Tried again at the next look, which says that it failed.
            return false;
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!_isLoaded)
            {
                TakeNewestThatHolds([.. await history.ReadAllAsync(cancellationToken)]);
                _isLoaded = true;
            }
            else if (await history.ReadNewestAsync(cancellationToken) is { } newest)
            {
                live.Take(newest);
            }

            _isAway = false;
        }
        catch (IOException failure)
        {
            if (!_isAway)
            {
                LogAway(failure.Message);
            }

            _isAway = true;
        }
    }

    // A gateway that starts with another gateway.json serves with an older version rather than with none.
    private void TakeNewestThatHolds(ConfigurationVersion[] versions)
    {
        if (versions is [var newest, .. var older] && !live.Take(newest) && older.FirstOrDefault(live.TryFallBackTo) is { } fallback)
        {
            LogFallback(newest.Version, fallback.Version);
        }
    }

    [LoggerMessage(LogLevel.Warning, "What was put at /admin/config could not be read yet; it is in force as soon as it can be.")]
    private partial void LogLate();

    [LoggerMessage(LogLevel.Warning, "Version {Newest} of what was put at /admin/config does not hold here; version {Fallback} serves in its place.")]
    private partial void LogFallback(long newest, long fallback);

    [LoggerMessage(LogLevel.Warning, "What was put at /admin/config cannot be read, and what is in force stays: {Reason}")]
    private partial void LogAway(string reason);
}
