using System.Runtime.InteropServices;
using StackExchange.Redis.Wire;

namespace StackExchange.Redis;

/// <content>Strings and counters.</content>
internal sealed partial class RedisDatabase
{
    public Task<RedisValue> StringGetAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Get, [key.Value], Replies.Value, flags);

    public Task<RedisValue[]> StringGetAsync(RedisKey[] keys, CommandFlags flags = CommandFlags.None)
        => keys.Length == 0 ? Task.FromResult<RedisValue[]>([]) : Send(Commands.Mget, Join(keys), Replies.Values, flags);

    public Task<RedisValue> StringGetDeleteAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Getdel, [key.Value], Replies.Value, flags);

    public Task<bool> StringSetAsync(RedisKey key, RedisValue value, TimeSpan? expiry, When when)
        => StringSetAsync(key, value, expiry, keepTtl: false, when);

    public Task<bool> StringSetAsync(RedisKey key, RedisValue value, TimeSpan? expiry, When when, CommandFlags flags)
        => StringSetAsync(key, value, expiry, keepTtl: false, when, flags);

    public Task<bool> StringSetAsync(RedisKey key, RedisValue value, TimeSpan? expiry = null, bool keepTtl = false, When when = When.Always, CommandFlags flags = CommandFlags.None)
    {
        if (expiry is null && !keepTtl && when == When.Always)
        {
            return Send(Commands.Set, [key.Value, value], Replies.Bool, flags);
        }

        var arguments = new List<RedisValue>(6) { key.Value, value };
        if (keepTtl)
        {
            arguments.Add("KEEPTTL");
        }
        else if (expiry is { } time)
        {
            arguments.AddRange(IsWholeSeconds(time) ? ["EX", (long)time.TotalSeconds] : ["PX", (long)time.TotalMilliseconds]);
        }

        if (when != When.Always)
        {
            arguments.Add(when == When.Exists ? "XX" : "NX");
        }

        return Send(Commands.Set, CollectionsMarshal.AsSpan(arguments), Replies.Bool, flags);
    }

    public Task<long> StringIncrementAsync(RedisKey key, long value = 1, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Incrby, [key.Value, value], Replies.Long, flags);

    public Task<double> StringIncrementAsync(RedisKey key, double value, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Incrbyfloat, [key.Value, value], Replies.Double, flags);

    public Task<long> StringDecrementAsync(RedisKey key, long value = 1, CommandFlags flags = CommandFlags.None)
        => StringIncrementAsync(key, -value, flags);

    public Task<double> StringDecrementAsync(RedisKey key, double value, CommandFlags flags = CommandFlags.None)
        => StringIncrementAsync(key, -value, flags);
}
