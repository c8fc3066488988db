using System.Text;

namespace StackExchange.Redis.Wire;

/// <summary>One reply as it came; what it means depends on the command.</summary>
internal readonly struct Reply
{
    private readonly object? _content;
    private readonly long _integer;

    private Reply(ReplyKind kind, object? content, long integer)
    {
        Kind = kind;
        _content = content;
        _integer = integer;
    }

    public ReplyKind Kind { get; }

    public static Reply Null => default;

    /// <summary>The elements of an array, set or push; a map's are keys and values in turn.</summary>
    public Reply[] Items => _content as Reply[] ?? [];

    public string ErrorText => Encoding.UTF8.GetString((byte[])_content!);

    public RedisValue Value => Kind switch
    {
        ReplyKind.Null => RedisValue.Null,
        ReplyKind.Integer or ReplyKind.Boolean => _integer,
        ReplyKind.Double => BitConverter.Int64BitsToDouble(_integer),
        ReplyKind.Simple or ReplyKind.Bulk => (byte[])_content!,
        _ => throw Unexpected("one value"),
    };

    public static Reply OfInteger(long value) => new(ReplyKind.Integer, null, value);

    public static Reply OfBoolean(bool value) => new(ReplyKind.Boolean, null, value ? 1 : 0);

    public static Reply OfDouble(double value) => new(ReplyKind.Double, null, BitConverter.DoubleToInt64Bits(value));

    public static Reply OfBytes(ReplyKind kind, byte[] bytes) => new(kind, bytes, 0);

    public static Reply OfItems(ReplyKind kind, Reply[] items) => new(kind, items, 0);

    public bool Is(ReadOnlySpan<byte> text) => _content is byte[] bytes && bytes.AsSpan().SequenceEqual(text);

    public InvalidCastException Unexpected(string wanted) => new($"Redis answered with {Kind} where {wanted} was expected.");
}
