using StackExchange.Redis.Wire;

namespace StackExchange.Redis;

/// <content>Sorted sets.</content>
internal sealed partial class RedisDatabase
{
    public Task<bool> SortedSetAddAsync(RedisKey key, RedisValue member, double score, CommandFlags flags)
        => SortedSetAddAsync(key, member, score, SortedSetWhen.Always, flags);

    public Task<bool> SortedSetAddAsync(RedisKey key, RedisValue member, double score, When when, CommandFlags flags = CommandFlags.None)
        => SortedSetAddAsync(key, member, score, SortedSetWhenOf(when), flags);

    public Task<bool> SortedSetAddAsync(RedisKey key, RedisValue member, double score, SortedSetWhen when = SortedSetWhen.Always, CommandFlags flags = CommandFlags.None)
        => when == SortedSetWhen.Always
            ? Send(Commands.Zadd, [key.Value, score, member], Replies.Bool, flags)
            : Send(Commands.Zadd, [key.Value, .. WordsFor(when), score, member], Replies.Bool, flags);

    public Task<long> SortedSetAddAsync(RedisKey key, SortedSetEntry[] values, CommandFlags flags)
        => SortedSetAddAsync(key, values, SortedSetWhen.Always, flags);

    public Task<long> SortedSetAddAsync(RedisKey key, SortedSetEntry[] values, When when, CommandFlags flags = CommandFlags.None)
        => SortedSetAddAsync(key, values, SortedSetWhenOf(when), flags);

    public Task<long> SortedSetAddAsync(RedisKey key, SortedSetEntry[] values, SortedSetWhen when = SortedSetWhen.Always, CommandFlags flags = CommandFlags.None)
    {
        if (values.Length == 0)
        {
            return Task.FromResult(0L);
        }

        RedisValue[] arguments = [key.Value, .. WordsFor(when), .. values.SelectMany(static entry => (IEnumerable<RedisValue>)[entry.Score, entry.Element])];
        return Send(Commands.Zadd, arguments, Replies.Long, flags);
    }

    public Task<double> SortedSetIncrementAsync(RedisKey key, RedisValue member, double value, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Zincrby, [key.Value, value, member], Replies.Double, flags);

    public Task<long> SortedSetLengthAsync(RedisKey key, double min = double.NegativeInfinity, double max = double.PositiveInfinity, Exclude exclude = Exclude.None, CommandFlags flags = CommandFlags.None)
        => double.IsNegativeInfinity(min) && double.IsPositiveInfinity(max)
            ? Send(Commands.Zcard, [key.Value], Replies.Long, flags)
            : Send(Commands.Zcount, [key.Value, Bound(min, exclude, Exclude.Start), Bound(max, exclude, Exclude.Stop)], Replies.Long, flags);

    public Task<RedisValue[]> SortedSetRangeByRankAsync(RedisKey key, long start = 0, long stop = -1, Order order = Order.Ascending, CommandFlags flags = CommandFlags.None)
        => Send(order == Order.Ascending ? Commands.Zrange : Commands.Zrevrange, [key.Value, start, stop], Replies.Values, flags);

    public Task<RedisValue[]> SortedSetRangeByScoreAsync(RedisKey key, double start = double.NegativeInfinity, double stop = double.PositiveInfinity, Exclude exclude = Exclude.None, Order order = Order.Ascending, long skip = 0, long take = -1, CommandFlags flags = CommandFlags.None)
        => RangeByScore(key, start, stop, exclude, order, skip, take, withScores: false, Replies.Values, flags);

    public Task<SortedSetEntry[]> SortedSetRangeByScoreWithScoresAsync(RedisKey key, double start = double.NegativeInfinity, double stop = double.PositiveInfinity, Exclude exclude = Exclude.None, Order order = Order.Ascending, long skip = 0, long take = -1, CommandFlags flags = CommandFlags.None)
        => RangeByScore(key, start, stop, exclude, order, skip, take, withScores: true, Replies.SortedSetEntries, flags);

    public Task<bool> SortedSetRemoveAsync(RedisKey key, RedisValue member, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Zrem, [key.Value, member], Replies.Bool, flags);

    public Task<long> SortedSetRemoveAsync(RedisKey key, RedisValue[] members, CommandFlags flags = CommandFlags.None)
        => members.Length == 0 ? Task.FromResult(0L) : Send(Commands.Zrem, Join(key, members), Replies.Long, flags);

    public Task<long> SortedSetRemoveRangeByScoreAsync(RedisKey key, double start, double stop, Exclude exclude = Exclude.None, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Zremrangebyscore, [key.Value, Bound(start, exclude, Exclude.Start), Bound(stop, exclude, Exclude.Stop)], Replies.Long, flags);

    public Task<double?> SortedSetScoreAsync(RedisKey key, RedisValue member, CommandFlags flags = CommandFlags.None)
        => Send(Commands.Zscore, [key.Value, member], Replies.NullableDouble, flags);

    private static SortedSetWhen SortedSetWhenOf(When when) => when switch
    {
        When.Exists => SortedSetWhen.Exists,
        When.NotExists => SortedSetWhen.NotExists,
        _ => SortedSetWhen.Always,
    };

    private static IEnumerable<RedisValue> WordsFor(SortedSetWhen when)
        => from condition in (IEnumerable<(SortedSetWhen When, RedisValue Word)>)
            [(SortedSetWhen.Exists, "XX"), (SortedSetWhen.NotExists, "NX"), (SortedSetWhen.GreaterThan, "GT"), (SortedSetWhen.LessThan, "LT")]
           where when.HasFlag(condition.When)
           select condition.Word;

    // An end that does not belong to the range: (5
    private static RedisValue Bound(double score, Exclude exclude, Exclude end) => exclude.HasFlag(end) ? $"({(RedisValue)score}" : score;

    private Task<T> RangeByScore<T>(
        RedisKey key, double start, double stop, Exclude exclude, Order order, long skip, long take, bool withScores, Func<Reply, T> read, CommandFlags flags)
    {
        var (low, high) = (Bound(start, exclude, Exclude.Start), Bound(stop, exclude, Exclude.Stop));
        var isAscending = order == Order.Ascending;
        RedisValue[] arguments =
        [
            key.Value, isAscending ? low : high, isAscending ? high : low,
            .. withScores ? (RedisValue[])["WITHSCORES"] : [],
            .. skip == 0 && take == -1 ? (RedisValue[])[] : ["LIMIT", skip, take],
        ];
        return Send(isAscending ? Commands.Zrangebyscore : Commands.Zrevrangebyscore, arguments, read, flags);
    }
}
