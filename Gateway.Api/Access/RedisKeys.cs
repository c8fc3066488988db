using System.Text.Json;
using StackExchange.Redis;

namespace Gateway.Api.Access;

/// <summary>Keeps API keys in one Redis hash, id → JSON, and tells the other replicas of each change.</summary>
internal sealed class RedisKeys(IConnectionMultiplexer redis) : IKeyRepository
{
    private const string Hash = "gateway:keys";

    /// <summary>Carries the id of a key that changed.</summary>
    public static readonly RedisChannel Changes = RedisChannel.Literal("gateway:keys:changed");

    public async Task<IReadOnlyList<ApiKey>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var entries = await redis.GetDatabase().HashGetAllAsync(Hash).WaitAsync(cancellationToken);
        return [.. entries.Select(entry => Read(entry.Value))];
    }

    public async Task<ApiKey?> ReadAsync(string id)
    {
        var value = await redis.GetDatabase().HashGetAsync(Hash, id);
        return value.IsNull ? null : Read(value);
    }

    public async Task SaveAsync(ApiKey key, CancellationToken cancellationToken)
    {
        try
        {
            await redis.GetDatabase().HashSetAsync(Hash, key.Id, JsonSerializer.SerializeToUtf8Bytes(key, AccessJson.Default.ApiKey)).WaitAsync(cancellationToken);
            await redis.GetSubscriber().PublishAsync(Changes, key.Id).WaitAsync(cancellationToken);
        }
        catch (Exception failure) when (IsUnavailable(failure))
        {
            throw new KeysNotKeptException("Redis cannot be reached.", failure);
        }
    }

    /// <summary>Whether Redis is at fault, and not the one who asked.</summary>
    public static bool IsUnavailable(Exception failure) => failure is RedisException or RedisTimeoutException;

    private static ApiKey Read(RedisValue value) => JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)value).Span, AccessJson.Default.ApiKey)!;
}
