using System.Buffers;
using System.Globalization;
using System.Text;

namespace StackExchange.Redis;

/// <summary>
/// What Redis stores: text, bytes, or a number, converted implicitly from either and back. Values are equal where what goes over
/// the wire is, so that <c>1</c> equals <c>"1"</c>.
/// </summary>
public readonly partial struct RedisValue : IEquatable<RedisValue>, IComparable<RedisValue>
{
    private static readonly object IntegerMark = new();
    private static readonly object DoubleMark = new();

    // A string, the array that holds the bytes, or one of the marks; null is Redis's nil.
    private readonly object? _content;

    // The integer, the double's bits, or offset and length within the array.
    private readonly long _bits;

    private RedisValue(object? content, long bits)
    {
        _content = content;
        _bits = bits;
    }

    /// <summary>Text of no characters, which is not nil.</summary>
    public static RedisValue EmptyString { get; } = new(Array.Empty<byte>(), 0);

    /// <summary>Redis's nil: a key or a field that is not there.</summary>
    public static RedisValue Null => default;

    public bool IsNull => _content is null;

    /// <summary>Whether there is anything in it: neither nil nor empty.</summary>
    public bool HasValue => !IsNullOrEmpty;

    public bool IsNullOrEmpty => _content switch
    {
        null => true,
        string text => text.Length == 0,
        byte[] => BytesSpan.IsEmpty,
        _ => false,
    };

    /// <summary>Whether it is a 64 bit integer by type; text that reads as a number is not.</summary>
    public bool IsInteger => _content == IntegerMark;

    internal string? Text => _content as string;

    internal bool IsBytes => _content is byte[];

    internal ReadOnlySpan<byte> BytesSpan => ((byte[])_content!).AsSpan((int)(_bits >> 32), (int)_bits);

    private double DoubleBits => BitConverter.Int64BitsToDouble(_bits);

    public static bool operator ==(RedisValue x, RedisValue y) => x.Equals(y);

    public static bool operator !=(RedisValue x, RedisValue y) => !x.Equals(y);

    /// <summary>Its length on the wire, in bytes.</summary>
    public long Length() => IsNull ? 0 : WithBytes(0, static (bytes, _) => bytes.Length);

    public bool Equals(RedisValue other)
    {
        if (IsNull || other.IsNull)
        {
            return IsNull && other.IsNull;
        }

        if (IsInteger && other.IsInteger)
        {
            return _bits == other._bits;
        }

        return Text is { } text && other.Text is { } otherText
            ? text == otherText
            : WithBytes(other, static (mine, theirs) => theirs.WithBytes(mine, static (bytes, first) => bytes.SequenceEqual(first)));
    }

    public override bool Equals(object? obj) => obj is RedisValue other && Equals(other);

    public override int GetHashCode() => IsNull ? 0 : WithBytes(0, static (bytes, _) =>
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    });

    /// <summary>Numbers by size where both are, anything else by its bytes; nil comes first.</summary>
    public int CompareTo(RedisValue other)
    {
        if (IsNull || other.IsNull)
        {
            return (IsNull ? 0 : 1) - (other.IsNull ? 0 : 1);
        }

        return TryParse(out double mine) && other.TryParse(out double theirs)
            ? mine.CompareTo(theirs)
            : WithBytes(other, static (bytes, second) => second.WithBytes(bytes, static (last, first) => first.SequenceCompareTo(last)));
    }

    /// <summary>The text; bytes are read as UTF-8; nil is the empty string.</summary>
    public override string ToString() => (string?)this ?? "";

    internal static RedisValue FromObject(object? value) => value switch
    {
        null => Null,
        RedisValue already => already,
        string text => text,
        byte[] bytes => bytes,
        RedisKey key => key.Value,
        RedisChannel channel => channel.Name,
        int number => number,
        long number => number,
        uint number => number,
        ulong number => number,
        double number => number,
        bool flag => flag,
        ReadOnlyMemory<byte> memory => memory,
        Memory<byte> memory => memory,
        _ => throw new InvalidCastException($"A {value.GetType().Name} cannot be sent to Redis as it is; format it first."),
    };

    internal int Format(Span<byte> destination)
    {
        int written;
        if (_content == IntegerMark)
        {
            _bits.TryFormat(destination, out written, default, CultureInfo.InvariantCulture);
        }
        else if (double.IsInfinity(DoubleBits))
        {
            // Redis's own names; .NET would write "Infinity".
            (DoubleBits > 0 ? "+inf"u8 : "-inf"u8).CopyTo(destination);
            written = 4;
        }
        else
        {
            DoubleBits.TryFormat(destination, out written, "R", CultureInfo.InvariantCulture);
        }

        return written;
    }

    private TResult WithBytes<TState, TResult>(TState state, Func<ReadOnlySpan<byte>, TState, TResult> use)
        where TState : allows ref struct
    {
        switch (_content)
        {
            case byte[]:
                return use(BytesSpan, state);
            case string text:
                var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
                try
                {
                    return use(rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)), state);
                }
                finally
                {
                    ArrayPool<byte>.Shared.Return(rented);
                }

            default:
                Span<byte> number = stackalloc byte[32];
                return use(number[..Format(number)], state);
        }
    }
}
