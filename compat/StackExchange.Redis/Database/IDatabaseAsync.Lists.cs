namespace StackExchange.Redis;

/// <content>Lists.</content>
public partial interface IDatabaseAsync
{
    /// <summary>Returns the list's length afterwards.</summary>
    Task<long> ListLeftPushAsync(RedisKey key, RedisValue value, When when = When.Always, CommandFlags flags = CommandFlags.None);

    Task<long> ListLeftPushAsync(RedisKey key, RedisValue[] values, CommandFlags flags);

    /// <summary>All in one command, one after another. Returns the list's length afterwards.</summary>
    Task<long> ListLeftPushAsync(RedisKey key, RedisValue[] values, When when = When.Always, CommandFlags flags = CommandFlags.None);

    /// <summary>Nil where the list is empty.</summary>
    Task<RedisValue> ListLeftPopAsync(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <summary>Up to so many.</summary>
    Task<RedisValue[]> ListLeftPopAsync(RedisKey key, long count, CommandFlags flags = CommandFlags.None);

    /// <summary>Returns the list's length afterwards.</summary>
    Task<long> ListRightPushAsync(RedisKey key, RedisValue value, When when = When.Always, CommandFlags flags = CommandFlags.None);

    Task<long> ListRightPushAsync(RedisKey key, RedisValue[] values, CommandFlags flags);

    /// <summary>All in one command, one after another. Returns the list's length afterwards.</summary>
    Task<long> ListRightPushAsync(RedisKey key, RedisValue[] values, When when = When.Always, CommandFlags flags = CommandFlags.None);

    /// <summary>Nil where the list is empty.</summary>
    Task<RedisValue> ListRightPopAsync(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <summary>Up to so many.</summary>
    Task<RedisValue[]> ListRightPopAsync(RedisKey key, long count, CommandFlags flags = CommandFlags.None);

    /// <summary>Takes one from an end of a list and puts it to an end of another, or of the same; nil where there is none. The waiting twin is <c>ExecuteAsync("BLMOVE", …)</c>.</summary>
    Task<RedisValue> ListMoveAsync(RedisKey sourceKey, RedisKey destinationKey, ListSide sourceSide, ListSide destinationSide, CommandFlags flags = CommandFlags.None);

    /// <summary>The ends included; negative ones count from the end.</summary>
    Task<RedisValue[]> ListRangeAsync(RedisKey key, long start = 0, long stop = -1, CommandFlags flags = CommandFlags.None);

    Task<long> ListLengthAsync(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <summary>Keeps only these, the ends included.</summary>
    Task ListTrimAsync(RedisKey key, long start, long stop, CommandFlags flags = CommandFlags.None);

    /// <summary>Removes so many equal to the value: from the left, from the right where negative, all where 0. Returns how many there were.</summary>
    Task<long> ListRemoveAsync(RedisKey key, RedisValue value, long count = 0, CommandFlags flags = CommandFlags.None);
}
