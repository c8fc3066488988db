using Gateway.Api.Access;
using StackExchange.Redis;

namespace Gateway.Api.Flags;

/// <summary>
/// Keeps this replica's flags those of Redis: read before the first request where Redis answers in time, whenever a replica says that one
/// changed, and whenever the connection is back. While Redis is away the flags known last stay as they are.
/// </summary>
internal sealed partial class RedisFlagFeed(FeatureFlags flags, IConnectionMultiplexer redis, TimeProvider time, ILogger<RedisFlagFeed> logger) : BackgroundService
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        using var wait = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(wait.Token, cancellationToken);
        try
        {
            await flags.LoadAsync(either.Token);
        }
        catch (Exception failure) when (failure is FlagsUnavailableException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            LogNotRead(failure.Message);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        redis.ConnectionRestored += (_, _) => _ = LoadAsync(stoppingToken);
        while (!await TryAsync(() => redis.GetSubscriber().SubscribeAsync(RedisFlags.Changes, (_, _) => _ = LoadAsync(stoppingToken))))
        {
            await Task.Delay(RetryDelay, time, stoppingToken);
        }

        await LoadAsync(stoppingToken);
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && !await TryAsync(() => flags.LoadAsync(cancellationToken)))
        {
            await Task.Delay(RetryDelay, time, cancellationToken);
        }
    }

    private static async Task<bool> TryAsync(Func<Task> action)
    {
        try
        {
            await action();
            return true;
        }
        catch (Exception failure) when (failure is FlagsUnavailableException || RedisKeys.IsUnavailable(failure))
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Flags could not be read at the start ({Reason}): they stand as configured until Redis answers.")]
    private partial void LogNotRead(string reason);
}
