using System.Text.Json;
using StackExchange.Redis;

namespace Gateway.Api.Access;

/// <summary>Keeps API keys in one Redis hash, id → JSON, and tells the other replicas of each change.</summary>
internal sealed class RedisKeys(IConnectionMultiplexer redis) : IKeyRepository
{
    private const string Hash = "gateway:keys";

    // KEYS: the hash. ARGV: id, version before, JSON, channel. Kept and told, or neither.
    private const string Save = """
        local kept = redis.call('HGET', KEYS[1], ARGV[1])
        local version = kept and cjson.decode(kept).version or 0
        if version ~= tonumber(ARGV[2]) then return 0 end
        redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
        redis.call('PUBLISH', ARGV[4], ARGV[1])
        return 1
        """;

    /// <summary>Carries the id of a key that changed.</summary>
    public static readonly RedisChannel Changes = RedisChannel.Literal("gateway:keys:changed");

    public Task<IReadOnlyList<ApiKey>> ReadAllAsync(CancellationToken cancellationToken) => GuardAsync<IReadOnlyList<ApiKey>>(async () =>
    {
        var entries = await redis.GetDatabase().HashGetAllAsync(Hash).WaitAsync(cancellationToken);
        return [.. entries.Select(entry => Read(entry.Value))];
    });

    public Task<ApiKey?> ReadAsync(string id, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var value = await redis.GetDatabase().HashGetAsync(Hash, id).WaitAsync(cancellationToken);
        return value.IsNull ? null : Read(value);
    });

    public Task<bool> TrySaveAsync(ApiKey key, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        RedisValue[] values = [key.Id, key.Version - 1, JsonSerializer.SerializeToUtf8Bytes(key, AccessJson.Default.ApiKey), (string)Changes!];
        return (int)await redis.GetDatabase().ScriptEvaluateAsync(Save, [Hash], values).WaitAsync(cancellationToken) == 1;
    });

    /// <summary>Whether Redis is at fault, and not the one who asked.</summary>
    public static bool IsUnavailable(Exception failure) => failure is RedisException or RedisTimeoutException;

    private static ApiKey Read(RedisValue value) => JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)value).Span, AccessJson.Default.ApiKey)!;

    private static async Task<T> GuardAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (IsUnavailable(failure))
        {
            throw new KeysUnavailableException("Redis cannot be reached.", failure);
        }
    }
}
