using Gateway.Api.Access;
using StackExchange.Redis;

namespace Gateway.Api.Caching;

/// <summary>
/// Answers in Redis, where replicas find each other's: <c>gateway:cache:{tenant}:&lt;key&gt;</c>. It is a help and never a hindrance: where it is
/// slow or away it is left alone for a while, and the cache is this process's memory.
/// </summary>
internal sealed partial class RedisAnswers(IConnectionMultiplexer redis, CacheMetrics metrics, TimeProvider time, ILogger<RedisAnswers> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LeftAlone = TimeSpan.FromSeconds(1);

    private long _askAgainAt = long.MinValue;
    private int _isToldAway;
    private int _isToldCorrupt;

    public async ValueTask<CachedAnswer?> FindAsync(string tenant, CacheKey key, bool isStream, CancellationToken cancellationToken)
    {
        if (!IsThere)
        {
            return null;
        }

        RedisValue value;
        try
        {
            value = await redis.GetDatabase().StringGetAsync(NameOf(tenant, key)).WaitAsync(Patience, time, cancellationToken);
            CameBack();
        }
        catch (Exception failure) when (failure is TimeoutException || RedisKeys.IsUnavailable(failure))
        {
            WentAway(failure);
            return null;
        }

        if (value.IsNull)
        {
            return null;
        }

        if (AnswerFormat.Read(value, key, isStream) is { } answer)
        {
            return answer.IsFresh(time.GetUtcNow()) ? answer : null;
        }

        metrics.Corrupted();
        if (Interlocked.Exchange(ref _isToldCorrupt, 1) == 0)
        {
            LogCorrupt(NameOf(tenant, key).ToString());
        }

        return null;
    }

    /// <summary>Nobody waits for it.</summary>
    public async Task KeepAsync(string tenant, CacheKey key, CachedAnswer answer, bool isStream)
    {
        if (!IsThere)
        {
            return;
        }

        try
        {
            await redis.GetDatabase().StringSetAsync(NameOf(tenant, key), AnswerFormat.Write(key, answer, isStream), answer.Lifetime);
        }
        catch (Exception failure) when (failure is TimeoutException || RedisKeys.IsUnavailable(failure))
        {
            WentAway(failure);
        }
    }

    public static RedisKey NameOf(string tenant, CacheKey key) => $"gateway:cache:{{{Uri.EscapeDataString(tenant)}}}:{key}";

    private bool IsThere => redis.IsConnected && time.GetTimestamp() >= Interlocked.Read(ref _askAgainAt);

    private void WentAway(Exception failure)
    {
        metrics.Unavailable();
        Interlocked.Exchange(ref _askAgainAt, time.GetTimestamp() + (long)(LeftAlone.TotalSeconds * time.TimestampFrequency));
        if (Interlocked.Exchange(ref _isToldAway, 1) == 0)
        {
            LogAway(failure.Message);
        }
    }

    private void CameBack()
    {
        if (Volatile.Read(ref _isToldAway) == 1 && Interlocked.Exchange(ref _isToldAway, 0) == 1)
        {
            LogBack();
        }
    }

    [LoggerMessage(LogLevel.Warning, "Redis does not answer for the cache ({Reason}); answers are kept in this process's memory alone until it does.")]
    private partial void LogAway(string reason);

    [LoggerMessage(LogLevel.Information, "Redis answers for the cache again.")]
    private partial void LogBack();

    [LoggerMessage(LogLevel.Warning, "What stands in Redis under {Key} is no answer that this gateway has kept; it counts as none. Further ones are only counted.")]
    private partial void LogCorrupt(string key);
}
