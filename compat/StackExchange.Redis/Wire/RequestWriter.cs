using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace StackExchange.Redis.Wire;

/// <summary>Writes commands: <c>*2\r\n$3\r\nGET\r\n$3\r\nkey\r\n</c>.</summary>
internal static class RequestWriter
{
    // "$" and "\r\n", with the digits of a long between them.
    private const int Header = 24;

    // Longer arguments are written in a piece of their own.
    private const int Short = 4096;

    private const int Number = 32;

    /// <summary>Returns how many bytes that were.</summary>
    public static long Write(IBufferWriter<byte> output, RedisCommand command, ReadOnlySpan<RedisValue> arguments)
    {
        var span = output.GetSpan(Header + command.Encoded.Length);
        var length = WriteHeader(span, '*', arguments.Length + 1);
        command.Encoded.CopyTo(span[length..]);
        length += command.Encoded.Length;
        output.Advance(length);
        long total = length;
        foreach (ref readonly var argument in arguments)
        {
            total += Write(output, in argument);
        }

        return total;
    }

    /// <summary>Nil cannot be sent. To be asked before a command is queued: half a command would be the end of the connection.</summary>
    public static void RefuseNil(RedisCommand command, ReadOnlySpan<RedisValue> arguments)
    {
        foreach (ref readonly var argument in arguments)
        {
            if (argument.IsNull)
            {
                throw new ArgumentException($"{command} has an argument that is nil: a key or a value is missing.", nameof(arguments));
            }
        }
    }

    private static long Write(IBufferWriter<byte> output, in RedisValue argument)
    {
        if (argument.IsBytes)
        {
            return WriteBytes(output, argument.BytesSpan);
        }

        if (argument.Text is { } text)
        {
            return text.Length * 3 > Short ? WriteBytes(output, Encoding.UTF8.GetBytes(text)) : WriteText(output, text);
        }

        Span<byte> number = stackalloc byte[Number];
        return WriteBytes(output, number[..argument.Format(number)]);
    }

    private static long WriteText(IBufferWriter<byte> output, string text)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        var span = output.GetSpan(Header + bytes + 2);
        var length = WriteHeader(span, '$', bytes);
        length += Encoding.UTF8.GetBytes(text, span[length..]);
        return Finish(output, span, length);
    }

    private static long WriteBytes(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= Short)
        {
            var span = output.GetSpan(Header + bytes.Length + 2);
            var length = WriteHeader(span, '$', bytes.Length);
            bytes.CopyTo(span[length..]);
            return Finish(output, span, length + bytes.Length);
        }

        var header = WriteHeader(output.GetSpan(Header), '$', bytes.Length);
        output.Advance(header);
        output.Write(bytes);
        output.Write("\r\n"u8);
        return header + bytes.Length + 2;
    }

    private static long Finish(IBufferWriter<byte> output, Span<byte> span, int length)
    {
        "\r\n"u8.CopyTo(span[length..]);
        output.Advance(length + 2);
        return length + 2;
    }

    private static int WriteHeader(Span<byte> span, char kind, int number)
    {
        span[0] = (byte)kind;
        Utf8Formatter.TryFormat(number, span[1..], out var digits);
        "\r\n"u8.CopyTo(span[(digits + 1)..]);
        return digits + 3;
    }
}
