using StackExchange.Redis.Wire;

namespace StackExchange.Redis;

/// <content>Keys of any type.</content>
internal sealed partial class RedisDatabase
{
    public Task<bool> KeyDeleteAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Del, [key.Value], Replies.Bool, flags);

    public Task<long> KeyDeleteAsync(RedisKey[] keys, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Del, Join(keys), Replies.Long, flags);

    public Task<bool> KeyExistsAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Exists, [key.Value], Replies.Bool, flags);

    public Task<long> KeyExistsAsync(RedisKey[] keys, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Exists, Join(keys), Replies.Long, flags);

    public Task<bool> KeyExpireAsync(RedisKey key, TimeSpan? expiry, ExpireWhen when = ExpireWhen.Always, CommandFlags flags = CommandFlags.None)
    {
        if (expiry is not { } time)
        {
            return Send(Commands.Persist, [key.Value], Replies.Bool, flags);
        }

        var (command, number) = IsWholeSeconds(time) ? (Commands.Expire, (long)time.TotalSeconds) : (Commands.Pexpire, (long)time.TotalMilliseconds);
        return when == ExpireWhen.Always
            ? Send(command, [key.Value, number], Replies.Bool, flags)
            : Send(command, [key.Value, number, WordFor(when)], Replies.Bool, flags);
    }

    public Task<bool> KeyExpireAsync(RedisKey key, DateTime? expiry, ExpireWhen when = ExpireWhen.Always, CommandFlags flags = CommandFlags.None)
    {
        if (expiry is not { } moment)
        {
            return Send(Commands.Persist, [key.Value], Replies.Bool, flags);
        }

        if (moment.Kind == DateTimeKind.Unspecified)
        {
            throw new ArgumentException("The moment must be UTC or local time.", nameof(expiry));
        }

        var milliseconds = new DateTimeOffset(moment).ToUnixTimeMilliseconds();
        return when == ExpireWhen.Always
            ? Send(Commands.Pexpireat, [key.Value, milliseconds], Replies.Bool, flags)
            : Send(Commands.Pexpireat, [key.Value, milliseconds, WordFor(when)], Replies.Bool, flags);
    }

    public Task<TimeSpan?> KeyTimeToLiveAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Pttl, [key.Value], Replies.TimeToLive, flags);

    private static bool IsWholeSeconds(TimeSpan time) => time.Ticks % TimeSpan.TicksPerSecond == 0;

    private static RedisValue WordFor(ExpireWhen when) => when switch
    {
        ExpireWhen.GreaterThanCurrentExpiry => "GT",
        ExpireWhen.HasExpiry => "XX",
        ExpireWhen.HasNoExpiry => "NX",
        ExpireWhen.LessThanCurrentExpiry => "LT",
        _ => throw new ArgumentOutOfRangeException(nameof(when), when, "There is no such condition."),
    };
}
