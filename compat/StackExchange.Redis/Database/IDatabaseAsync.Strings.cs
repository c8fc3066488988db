namespace StackExchange.Redis;

/// <content>Strings and counters.</content>
public partial interface IDatabaseAsync
{
    /// <summary>Nil where the key is not there.</summary>
    Task<RedisValue> StringGetAsync(RedisKey key, CommandFlags flags = CommandFlags.None);

    Task<RedisValue[]> StringGetAsync(RedisKey[] keys, CommandFlags flags = CommandFlags.None);

    /// <summary>Reads it and deletes it.</summary>
    Task<RedisValue> StringGetDeleteAsync(RedisKey key, CommandFlags flags = CommandFlags.None);

    Task<bool> StringSetAsync(RedisKey key, RedisValue value, TimeSpan? expiry, When when);

    Task<bool> StringSetAsync(RedisKey key, RedisValue value, TimeSpan? expiry, When when, CommandFlags flags);

    /// <summary>Writes it, with this time to live; false where the condition is not met.</summary>
    Task<bool> StringSetAsync(RedisKey key, RedisValue value, TimeSpan? expiry = null, bool keepTtl = false, When when = When.Always, CommandFlags flags = CommandFlags.None);

    /// <summary>Returns what it is afterwards.</summary>
    Task<long> StringIncrementAsync(RedisKey key, long value = 1, CommandFlags flags = CommandFlags.None);

    Task<double> StringIncrementAsync(RedisKey key, double value, CommandFlags flags = CommandFlags.None);

    /// <summary>Returns what it is afterwards.</summary>
    Task<long> StringDecrementAsync(RedisKey key, long value = 1, CommandFlags flags = CommandFlags.None);

    Task<double> StringDecrementAsync(RedisKey key, double value, CommandFlags flags = CommandFlags.None);
}
