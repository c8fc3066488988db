using StackExchange.Redis.Wire;

namespace StackExchange.Redis;

/// <content>Sets.</content>
internal sealed partial class RedisDatabase
{
    public Task<bool> SetAddAsync(RedisKey key, RedisValue value, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Sadd, [key.Value, value], Replies.Bool, flags);

    public Task<long> SetAddAsync(RedisKey key, RedisValue[] values, CommandFlags flags = CommandFlags.None)
        => values.Length == 0 ? Task.FromResult(0L) : Send(Commands.Sadd, Join(key, values), Replies.Long, flags);

    public Task<bool> SetRemoveAsync(RedisKey key, RedisValue value, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Srem, [key.Value, value], Replies.Bool, flags);

    public Task<long> SetRemoveAsync(RedisKey key, RedisValue[] values, CommandFlags flags = CommandFlags.None)
        => values.Length == 0 ? Task.FromResult(0L) : Send(Commands.Srem, Join(key, values), Replies.Long, flags);

    public Task<bool> SetContainsAsync(RedisKey key, RedisValue value, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Sismember, [key.Value, value], Replies.Bool, flags);

    public Task<RedisValue[]> SetMembersAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Smembers, [key.Value], Replies.Values, flags);

    public Task<long> SetLengthAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Scard, [key.Value], Replies.Long, flags);
}
