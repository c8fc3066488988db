namespace StackExchange.Redis;

/// <content>Keys of any type.</content>
public partial interface IDatabaseAsync
{
    /// <summary>Whether it was there.</summary>
    Task<bool> KeyDeleteAsync(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <summary>Returns how many of them were there.</summary>
    Task<long> KeyDeleteAsync(RedisKey[] keys, CommandFlags flags = CommandFlags.None);

    Task<bool> KeyExistsAsync(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <summary>Returns how many of them are there.</summary>
    Task<long> KeyExistsAsync(RedisKey[] keys, CommandFlags flags = CommandFlags.None);

    /// <summary>Sets the time to live, or takes it away where it is null. False where the key is not there or the condition is not met.</summary>
    Task<bool> KeyExpireAsync(RedisKey key, TimeSpan? expiry, ExpireWhen when = ExpireWhen.Always, CommandFlags flags = CommandFlags.None);

    /// <summary>Sets the moment at which the key ends, or takes it away where it is null.</summary>
    Task<bool> KeyExpireAsync(RedisKey key, DateTime? expiry, ExpireWhen when = ExpireWhen.Always, CommandFlags flags = CommandFlags.None);

    /// <summary>Null where the key has none, or is not there.</summary>
    Task<TimeSpan?> KeyTimeToLiveAsync(RedisKey key, CommandFlags flags = CommandFlags.None);
}
