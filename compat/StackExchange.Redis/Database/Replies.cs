using StackExchange.Redis.Wire;

namespace StackExchange.Redis;

/// <summary>What replies mean. Fields, so that a command allocates none of them.</summary>
internal static class Replies
{
    public static readonly Func<Reply, RedisValue> Value = static reply => reply.Value;

    // Garnet answers RPOP key 5 with the value itself where there was only one.
    public static readonly Func<Reply, RedisValue[]> Values = static reply => reply.Kind is ReplyKind.Bulk or ReplyKind.Simple or ReplyKind.Integer
        ? [reply.Value]
        : Array.ConvertAll(reply.Items, static item => item.Value);

    public static readonly Func<Reply, long> Long = static reply => (long)reply.Value;

    public static readonly Func<Reply, double> Double = static reply => (double)reply.Value;

    public static readonly Func<Reply, double?> NullableDouble = static reply => (double?)reply.Value;

    public static readonly Func<Reply, bool> Bool = static reply => reply.Kind switch
    {
        ReplyKind.Simple => reply.Is("OK"u8),
        ReplyKind.Null => false,
        _ => (long)reply.Value > 0,
    };

    public static readonly Func<Reply, TimeSpan?> TimeToLive = static reply => (long)reply.Value is var time and >= 0 ? TimeSpan.FromMilliseconds(time) : null;

    public static readonly Func<Reply, RedisResult> Result = RedisResult.Of;

    // [name, value, name, value]
    public static readonly Func<Reply, HashEntry[]> HashEntries = static reply =>
    {
        var items = reply.Items;
        var entries = new HashEntry[items.Length / 2];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = new HashEntry(items[2 * i].Value, items[(2 * i) + 1].Value);
        }

        return entries;
    };

    // [member, score, member, score] in RESP2, [[member, score], [member, score]] in RESP3
    public static readonly Func<Reply, SortedSetEntry[]> SortedSetEntries = static reply =>
    {
        var items = reply.Items;
        if (items is [{ Kind: ReplyKind.Array }, ..])
        {
            return Array.ConvertAll(items, static pair => new SortedSetEntry(pair.Items[0].Value, (double)pair.Items[1].Value));
        }

        var entries = new SortedSetEntry[items.Length / 2];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = new SortedSetEntry(items[2 * i].Value, (double)items[(2 * i) + 1].Value);
        }

        return entries;
    };
}
