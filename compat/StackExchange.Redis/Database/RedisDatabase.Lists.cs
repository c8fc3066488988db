using StackExchange.Redis.Wire;

namespace StackExchange.Redis;

/// <content>Lists.</content>
internal sealed partial class RedisDatabase
{
    public Task<long> ListLeftPushAsync(RedisKey key, RedisValue value, When when = When.Always, CommandFlags flags = CommandFlags.None)
        => Send(when == When.Exists ? Commands.Lpushx : Commands.Lpush, [key.Value, value], Replies.Long, flags);

    public Task<long> ListLeftPushAsync(RedisKey key, RedisValue[] values, CommandFlags flags)
        => ListLeftPushAsync(key, values, When.Always, flags);

    public Task<long> ListLeftPushAsync(RedisKey key, RedisValue[] values, When when = When.Always, CommandFlags flags = CommandFlags.None)
        => values.Length == 0
            ? ListLengthAsync(key, flags)
            : Send(when == When.Exists ? Commands.Lpushx : Commands.Lpush, Join(key, values), Replies.Long, flags);

    public Task<RedisValue> ListLeftPopAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Lpop, [key.Value], Replies.Value, flags);

    public Task<RedisValue[]> ListLeftPopAsync(RedisKey key, long count, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Lpop, [key.Value, count], Replies.Values, flags);

    public Task<long> ListRightPushAsync(RedisKey key, RedisValue value, When when = When.Always, CommandFlags flags = CommandFlags.None)
        => Send(when == When.Exists ? Commands.Rpushx : Commands.Rpush, [key.Value, value], Replies.Long, flags);

    public Task<long> ListRightPushAsync(RedisKey key, RedisValue[] values, CommandFlags flags)
        => ListRightPushAsync(key, values, When.Always, flags);

    public Task<long> ListRightPushAsync(RedisKey key, RedisValue[] values, When when = When.Always, CommandFlags flags = CommandFlags.None)
        => values.Length == 0
            ? ListLengthAsync(key, flags)
            : Send(when == When.Exists ? Commands.Rpushx : Commands.Rpush, Join(key, values), Replies.Long, flags);

    public Task<RedisValue> ListRightPopAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Rpop, [key.Value], Replies.Value, flags);

    public Task<RedisValue[]> ListRightPopAsync(RedisKey key, long count, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Rpop, [key.Value, count], Replies.Values, flags);

    public Task<RedisValue> ListMoveAsync(RedisKey sourceKey, RedisKey destinationKey, ListSide sourceSide, ListSide destinationSide, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Lmove, [sourceKey.Value, destinationKey.Value, WordFor(sourceSide), WordFor(destinationSide)], Replies.Value, flags);

    public Task<RedisValue[]> ListRangeAsync(RedisKey key, long start = 0, long stop = -1, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Lrange, [key.Value, start, stop], Replies.Values, flags);

    public Task<long> ListLengthAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Llen, [key.Value], Replies.Long, flags);

    public Task ListTrimAsync(RedisKey key, long start, long stop, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Ltrim, [key.Value, start, stop], Replies.Bool, flags);

    public Task<long> ListRemoveAsync(RedisKey key, RedisValue value, long count = 0, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Lrem, [key.Value, count, value], Replies.Long, flags);

    private static RedisValue WordFor(ListSide side) => side == ListSide.Left ? "LEFT" : "RIGHT";
}
