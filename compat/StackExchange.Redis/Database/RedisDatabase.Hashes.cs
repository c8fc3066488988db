using StackExchange.Redis.Wire;

namespace StackExchange.Redis;

/// <content>Hashes.</content>
internal sealed partial class RedisDatabase
{
    public Task<RedisValue> HashGetAsync(RedisKey key, RedisValue hashField, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Hget, [key.Value, hashField], Replies.Value, flags);

    public Task<RedisValue[]> HashGetAsync(RedisKey key, RedisValue[] hashFields, CommandFlags flags = CommandFlags.None)
        => hashFields.Length == 0 ? Task.FromResult<RedisValue[]>([]) : Send(Commands.Hmget, Join(key, hashFields), Replies.Values, flags);

    public Task<HashEntry[]> HashGetAllAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Hgetall, [key.Value], Replies.HashEntries, flags);

    public Task HashSetAsync(RedisKey key, HashEntry[] hashFields, CommandFlags flags = CommandFlags.None)
    {
        if (hashFields.Length == 0)
        {
            return Task.CompletedTask;
        }

        RedisValue[] arguments = [key.Value, .. hashFields.SelectMany(static field => (IEnumerable<RedisValue>)[field.Name, field.Value])];
        return Send(Commands.Hset, arguments, Replies.Long, flags);
    }

    public Task<bool> HashSetAsync(RedisKey key, RedisValue hashField, RedisValue value, When when = When.Always, CommandFlags flags = CommandFlags.None)
        => Send(when switch
        {
            When.Always => Commands.Hset,
            When.NotExists => Commands.Hsetnx,
            _ => throw new ArgumentException("Redis has no such condition on fields.", nameof(when)),
        }, [key.Value, hashField, value], Replies.Bool, flags);

    public Task<bool> HashDeleteAsync(RedisKey key, RedisValue hashField, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Hdel, [key.Value, hashField], Replies.Bool, flags);

    public Task<long> HashDeleteAsync(RedisKey key, RedisValue[] hashFields, CommandFlags flags = CommandFlags.None)
        => hashFields.Length == 0 ? Task.FromResult(0L) : Send(Commands.Hdel, Join(key, hashFields), Replies.Long, flags);

    public Task<bool> HashExistsAsync(RedisKey key, RedisValue hashField, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Hexists, [key.Value, hashField], Replies.Bool, flags);

    public Task<long> HashIncrementAsync(RedisKey key, RedisValue hashField, long value = 1, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Hincrby, [key.Value, hashField, value], Replies.Long, flags);

    public Task<double> HashIncrementAsync(RedisKey key, RedisValue hashField, double value, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Hincrbyfloat, [key.Value, hashField, value], Replies.Double, flags);

    public Task<long> HashLengthAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Hlen, [key.Value], Replies.Long, flags);
}
