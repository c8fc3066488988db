using System.Text.Json;
using StackExchange.Redis;

namespace Gateway.Api.Configuration.Changes;

/// <summary>Keeps versions in a Redis list, the newest first, and tells all replicas of each.</summary>
internal sealed class RedisConfigurationHistory(IConnectionMultiplexer redis) : IConfigurationHistory
{
    public const string List = "gateway:configuration";

    // KEYS: the list. ARGV: the version, JSON, how many are kept, channel. Kept and told, or neither.
    private const string Add = """
        local newest = redis.call('LINDEX', KEYS[1], 0)
        local version = newest and cjson.decode(newest).version or 0
        if version ~= tonumber(ARGV[1]) - 1 then return 0 end
        redis.call('LPUSH', KEYS[1], ARGV[2])
        redis.call('LTRIM', KEYS[1], 0, tonumber(ARGV[3]) - 1)
        redis.call('PUBLISH', ARGV[4], ARGV[1])
        return 1
        """;

    private static readonly RedisChannel Added = RedisChannel.Literal("gateway:configuration:added");

    public Task<ConfigurationVersion?> ReadNewestAsync(CancellationToken cancellationToken) => GuardAsync(async database =>
    {
        var newest = await database.ListRangeAsync(List, 0, 0).WaitAsync(cancellationToken);
        return newest is [var version] ? Read(version) : null;
    });

    public Task<IReadOnlyList<ConfigurationVersion>> ReadAllAsync(CancellationToken cancellationToken) => GuardAsync<IReadOnlyList<ConfigurationVersion>>(
        async database => [.. (await database.ListRangeAsync(List).WaitAsync(cancellationToken)).Select(Read)]);

    public Task<bool> TryAddAsync(ConfigurationVersion version, CancellationToken cancellationToken) => GuardAsync(async database =>
    {
        RedisValue[] values = [version.Version, JsonSerializer.SerializeToUtf8Bytes(version, ConfigurationJson.Default.ConfigurationVersion), IConfigurationHistory.Capacity, (string)Added!];
        return (int)await database.ScriptEvaluateAsync(Add, [List], values).WaitAsync(cancellationToken) == 1;
    });

    public Task SubscribeAsync(Action added) => GuardAsync(async _ =>
    {
        await redis.GetSubscriber().SubscribeAsync(Added, (_, _) => added());
        return true;
    });

    private static ConfigurationVersion Read(RedisValue value) =>
        JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)value).Span, ConfigurationJson.Default.ConfigurationVersion)!;

    private async Task<T> GuardAsync<T>(Func<IDatabase, Task<T>> call)
    {
        try
        {
            return await call(redis.GetDatabase());
        }
        catch (Exception failure) when (failure is RedisException or RedisTimeoutException)
        {
            throw new IOException("Redis cannot be reached.", failure);
        }
        catch (JsonException broken)
        {
            throw new IOException($"What Redis holds under {List} cannot be read: {broken.Message}", broken);
        }
    }
}
