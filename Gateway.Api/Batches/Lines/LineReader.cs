using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Gateway.Api.Batches.Lines;

/// <summary>Reads JSON Lines (https://jsonlines.org), one at a time.</summary>
internal static class LineReader
{
    private const int BufferBytes = 64 * 1024;
    private const byte LineEnd = (byte)'\n';

    /// <param name="stream">Closed at the end.</param>
    /// <param name="longest">A longer line, in bytes, is passed over.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async IAsyncEnumerable<RawLine> ReadAsync(Stream stream, int longest, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BufferBytes));
        try
        {
            var (number, isTooLong) = (0, false);
            for (var isLast = false; !isLast;)
            {
                var read = await reader.ReadAsync(cancellationToken);
                var buffer = read.Buffer;
                while (buffer.PositionOf(LineEnd) is { } end)
                {
                    yield return LineOf(buffer.Slice(0, end), ++number, isTooLong, longest);
                    isTooLong = false;
                    buffer = buffer.Slice(buffer.GetPosition(1, end));
                }

                isLast = read.IsCompleted;
                if (isLast && (buffer.Length > 0 || isTooLong))
                {
                    yield return LineOf(buffer, ++number, isTooLong, longest);
                }
                else if (buffer.Length > longest)
                {
                    isTooLong = true;
                    buffer = buffer.Slice(buffer.End);
                }

                reader.AdvanceTo(buffer.Start, buffer.End);
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private static RawLine LineOf(ReadOnlySequence<byte> line, int number, bool isTooLong, int longest) =>
        new(number, isTooLong || line.Length > longest ? (ReadOnlyMemory<byte>?)null : WithoutMark(line.ToArray(), number));

    // Some editors begin a file with one.
    private static ReadOnlyMemory<byte> WithoutMark(byte[] line, int number) => number == 1 && line.AsSpan().StartsWith("\uFEFF"u8) ? line.AsMemory(3) : line;
}
