using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace StackExchange.Redis;

public readonly partial struct RedisValue
{
    public static implicit operator RedisValue(int value) => new(IntegerMark, value);

    public static implicit operator RedisValue(int? value) => value is { } number ? number : Null;

    public static implicit operator RedisValue(long value) => new(IntegerMark, value);

    public static implicit operator RedisValue(long? value) => value is { } number ? number : Null;

    public static implicit operator RedisValue(uint value) => new(IntegerMark, value);

    public static implicit operator RedisValue(ulong value) => value <= long.MaxValue ? (long)value : value.ToString(CultureInfo.InvariantCulture);

    public static implicit operator RedisValue(double value) => new(DoubleMark, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator RedisValue(double? value) => value is { } number ? number : Null;

    /// <summary>1 or 0.</summary>
    public static implicit operator RedisValue(bool value) => new(IntegerMark, value ? 1 : 0);

    public static implicit operator RedisValue(string? value) => new(value, 0);

    public static implicit operator RedisValue(byte[]? value) => value is null ? Null : new(value, value.Length);

    public static implicit operator RedisValue(Memory<byte> value) => (ReadOnlyMemory<byte>)value;

    /// <summary>The memory is not copied where it lies in an array; it must stay as it is until the command was answered.</summary>
    public static implicit operator RedisValue(ReadOnlyMemory<byte> value)
        => MemoryMarshal.TryGetArray(value, out var segment) && segment.Array is { } array
            ? new RedisValue(array, ((long)segment.Offset << 32) | (uint)segment.Count)
            : value.ToArray();

    public static implicit operator string?(RedisValue value) => value._content switch
    {
        null => null,
        string text => text,
        _ => value.WithBytes(0, static (bytes, _) => Encoding.UTF8.GetString(bytes)),
    };

    /// <summary>The bytes. An array that came from Redis or that the value was made of is not copied.</summary>
    public static implicit operator byte[]?(RedisValue value) => value._content switch
    {
        null => null,
        byte[] array when value._bits == array.Length => array,
        _ => value.WithBytes(0, static (bytes, _) => bytes.ToArray()),
    };

    public static implicit operator ReadOnlyMemory<byte>(RedisValue value) => value._content is byte[] array
        ? array.AsMemory((int)(value._bits >> 32), (int)value._bits)
        : (byte[]?)value;

    public static explicit operator bool(RedisValue value) => (long)value switch
    {
        0 => false,
        1 => true,
        var other => throw new InvalidCastException($"{other} is neither 0 nor 1."),
    };

    public static explicit operator bool?(RedisValue value) => value.IsNull ? null : (bool)value;

    public static explicit operator int(RedisValue value) => checked((int)(long)value);

    public static explicit operator int?(RedisValue value) => value.IsNull ? null : (int)value;

    /// <summary>The integer that it is or reads as; 0 for nil.</summary>
    public static explicit operator long(RedisValue value) => value.IsNull
        ? 0
        : value.TryParse(out long number) ? number : throw new InvalidCastException($"'{value}' is not an integer of 64 bits.");

    public static explicit operator long?(RedisValue value) => value.IsNull ? null : (long)value;

    public static explicit operator ulong(RedisValue value) => value.IsNull
        ? 0
        : ulong.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InvalidCastException($"'{value}' is not an unsigned integer of 64 bits.");

    /// <summary>The number that it is or reads as; 0 for nil.</summary>
    public static explicit operator double(RedisValue value) => value.IsNull
        ? 0
        : value.TryParse(out double number) ? number : throw new InvalidCastException($"'{value}' is not a number.");

    public static explicit operator double?(RedisValue value) => value.IsNull ? null : (double)value;

    /// <summary>Whether it is, or reads as, a 64 bit integer.</summary>
    public bool TryParse(out long val)
    {
        if (_content == IntegerMark)
        {
            val = _bits;
            return true;
        }

        val = 0;
        return _content switch
        {
            null => false,
            byte[] => long.TryParse(BytesSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out val),
            string text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out val),
            _ => double.IsInteger(DoubleBits) && Math.Abs(DoubleBits) < 9e18 && (val = (long)DoubleBits) == DoubleBits,
        };
    }

    /// <summary>Whether it is, or reads as, an integer of 32 bits.</summary>
    public bool TryParse(out int val)
    {
        var fits = TryParse(out long number) && number is >= int.MinValue and <= int.MaxValue;
        val = fits ? (int)number : 0;
        return fits;
    }

    /// <summary>Whether it is, or reads as, a number. Redis's <c>inf</c> and <c>nan</c> are read too.</summary>
    public bool TryParse(out double val)
    {
        val = _content == DoubleMark ? DoubleBits : _bits;
        if (_content == DoubleMark || _content == IntegerMark)
        {
            return true;
        }

        val = 0;
        return !IsNull && WithBytes(0, static (bytes, _) => TryParseDouble(bytes)) is { } number && SetTo(number, out val);

        static bool SetTo(double number, out double val)
        {
            val = number;
            return true;
        }
    }

    internal static double? TryParseDouble(ReadOnlySpan<byte> text)
        => Ascii.EqualsIgnoreCase(text, "inf"u8) || Ascii.EqualsIgnoreCase(text, "+inf"u8) ? double.PositiveInfinity
            : Ascii.EqualsIgnoreCase(text, "-inf"u8) ? double.NegativeInfinity
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
