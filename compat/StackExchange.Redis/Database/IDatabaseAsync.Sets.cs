namespace StackExchange.Redis;

/// <content>Sets.</content>
public partial interface IDatabaseAsync
{
    /// <summary>Whether it is new.</summary>
    Task<bool> SetAddAsync(RedisKey key, RedisValue value, CommandFlags flags = CommandFlags.None);

    /// <summary>Returns how many of them are new.</summary>
    Task<long> SetAddAsync(RedisKey key, RedisValue[] values, CommandFlags flags = CommandFlags.None);

    /// <summary>Whether it was there.</summary>
    Task<bool> SetRemoveAsync(RedisKey key, RedisValue value, CommandFlags flags = CommandFlags.None);

    /// <summary>Returns how many of them were there.</summary>
    Task<long> SetRemoveAsync(RedisKey key, RedisValue[] values, CommandFlags flags = CommandFlags.None);

    Task<bool> SetContainsAsync(RedisKey key, RedisValue value, CommandFlags flags = CommandFlags.None);

    /// <summary>In no order.</summary>
    Task<RedisValue[]> SetMembersAsync(RedisKey key, CommandFlags flags = CommandFlags.None);

    Task<long> SetLengthAsync(RedisKey key, CommandFlags flags = CommandFlags.None);
}
