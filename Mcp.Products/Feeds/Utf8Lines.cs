using System.Buffers;

namespace Mcp.Products.Feeds;

/// <summary>Cuts a stream into lines without decoding them.</summary>
internal static class Utf8Lines
{
    private const int FirstBuffer = 1 << 16;
    private const int LongestLine = 1 << 26;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Lines without their ends and the spaces around them; each is good until the next is asked for.</summary>
    /// <exception cref="InvalidDataException">A line is too long to be one, or the stream is UTF-16.</exception>
    public static IEnumerable<(long Line, ReadOnlyMemory<byte> Bytes)> Read(Stream stream)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        var (start, end, number) = (0, 0, 0L);
        var ended = false;
        while (!ended || start < end)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length < 0 && !ended)
            {
                (buffer, start, end) = MakeRoom(buffer, start, end);
                var read = stream.Read(buffer, end, buffer.Length - end);
                ended = read == 0;
                end += read;
                continue;
            }

            length = length < 0 ? end - start : length;
            var line = buffer.AsMemory(start, length);
            number++;
            yield return (number, number == 1 ? First(line) : Trim(line));
            start = Math.Min(start + length + 1, end);
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    private static (byte[] Buffer, int Start, int End) MakeRoom(byte[] buffer, int start, int end)
    {
        if (end < buffer.Length)
        {
            return (buffer, start, end);
        }

        var room = buffer;
        if (start == 0)
        {
            if (buffer.Length >= LongestLine)
            {
                throw new InvalidDataException($"A line is longer than {LongestLine >> 20} MB: this is no file of lines.");
            }

            room = ArrayPool<byte>.Shared.Rent(2 * buffer.Length);
        }

        buffer.AsSpan(start, end - start).CopyTo(room);
        if (room != buffer)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return (room, 0, end - start);
    }

    private static ReadOnlyMemory<byte> First(ReadOnlyMemory<byte> line)
    {
        if (line.Span is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            throw new InvalidDataException("The file is encoded as UTF-16; it must be UTF-8.");
        }

        return Trim(line.Span.StartsWith(ByteOrderMark) ? line[ByteOrderMark.Length..] : line);
    }

    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> line) => line.Trim(" \t\r"u8);
}
