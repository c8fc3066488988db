using System.Text.Json;
using Gateway.Api.Access;
using StackExchange.Redis;

namespace Gateway.Api.Flags;

/// <summary>Keeps switched flags in one Redis hash, name → JSON, and tells the other replicas of each change.</summary>
internal sealed class RedisFlags(IConnectionMultiplexer redis) : IFlagStore
{
    private const string Hash = "gateway:flags";

    // KEYS: the hash. ARGV: name, JSON or nothing, channel. Kept and told, or neither.
    private const string Save = """
        if ARGV[2] == '' then redis.call('HDEL', KEYS[1], ARGV[1]) else redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) end
        redis.call('PUBLISH', ARGV[3], ARGV[1])
        """;

    /// <summary>Carries the name of a flag that changed.</summary>
    public static readonly RedisChannel Changes = RedisChannel.Literal("gateway:flags:changed");

    public Task<IReadOnlyList<FlagSwitch>> ReadAllAsync(CancellationToken cancellationToken) => GuardAsync<IReadOnlyList<FlagSwitch>>(async database =>
    {
        var entries = await database.HashGetAllAsync(Hash).WaitAsync(cancellationToken);
        return [.. entries.Select(entry => JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)entry.Value).Span, FlagJson.Default.FlagSwitch)!)];
    });

    public Task SaveAsync(string name, FlagSwitch? change, CancellationToken cancellationToken) => GuardAsync(database =>
    {
        RedisValue json = change is null ? "" : JsonSerializer.SerializeToUtf8Bytes(change, FlagJson.Default.FlagSwitch);
        return database.ScriptEvaluateAsync(Save, [Hash], [name, json, (string)Changes!]).WaitAsync(cancellationToken);
    });

    private async Task<T> GuardAsync<T>(Func<IDatabase, Task<T>> call)
    {
        try
        {
            return await call(redis.GetDatabase());
        }
        catch (Exception failure) when (RedisKeys.IsUnavailable(failure))
        {
            throw new FlagsUnavailableException("Redis cannot be reached.", failure);
        }
    }
}
