using StackExchange.Redis;

namespace Gateway.Api.Access;

/// <summary>
/// Keeps this replica's keys those of Redis: all of them at the start and whenever the connection is back, and each one that a replica
/// says it changed. While Redis is away the keys known last stay good.
/// </summary>
internal sealed partial class RedisKeyFeed(KeyStore keys, IKeyRepository repository, IConnectionMultiplexer redis, TimeProvider time, ILogger<RedisKeyFeed> logger)
    : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        redis.ConnectionRestored += (_, _) => _ = LoadAsync(stoppingToken);
        await UntilDoneAsync(() => redis.GetSubscriber().SubscribeAsync(RedisKeys.Changes, (channel, id) => _ = ApplyAsync(id!)), stoppingToken);
        await LoadAsync(stoppingToken);
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        await UntilDoneAsync(() => keys.LoadAsync(cancellationToken), cancellationToken);
        LogLoaded(keys.All.Count);
    }

    private async Task ApplyAsync(string id)
    {
        try
        {
            if (await repository.ReadAsync(id, CancellationToken.None) is { } key)
            {
                keys.Apply(key);
            }
        }
        catch (KeysUnavailableException failure)
        {
            // The connection broke: all keys are read anew when it is back.
            LogMissed(id, failure.Message);
        }
    }

    private async Task UntilDoneAsync(Func<Task> action, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await action();
                return;
            }
            catch (Exception failure) when (failure is KeysUnavailableException || RedisKeys.IsUnavailable(failure))
            {
                await Task.Delay(RetryDelay, time, cancellationToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} API keys read from Redis.")]
    private partial void LogLoaded(int count);

    [LoggerMessage(LogLevel.Warning, "A change of API key {Id} could not be read ({Reason}); it is read when Redis is back.")]
    private partial void LogMissed(string id, string reason);
}
