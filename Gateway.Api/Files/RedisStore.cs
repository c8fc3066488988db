using Gateway.Api.Access;
using StackExchange.Redis;

namespace Gateway.Api.Files;

internal static class RedisStore
{
    /// <exception cref="StoreUnavailableException">Redis does not answer.</exception>
    public static async Task<T> AskAsync<T>(this IConnectionMultiplexer redis, Func<IDatabase, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask(redis.GetDatabase()).WaitAsync(cancellationToken);
        }
        catch (Exception failure) when (RedisKeys.IsUnavailable(failure))
        {
            throw new StoreUnavailableException(failure);
        }
    }
}
