using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Cost.Worker.Ledger.Files;

/// <summary>Reads a file line by line in little memory while another process may be appending to it.</summary>
internal static class LineFile
{
    private const int BufferSize = 1 << 20;

    public delegate void LineVisitor(long number, ReadOnlySpan<byte> line);

    /// <summary>Visits the whole lines from a position on, each with its number (from 1); returns where the last one ended.</summary>
    public static FilePosition Read(string path, FilePosition from, LineVisitor visit, CancellationToken cancellationToken = default)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        return Read(file, from, visit, cancellationToken);
    }

    private static FilePosition Read(SafeFileHandle file, FilePosition from, LineVisitor visit, CancellationToken cancellationToken)
    {
        var (end, lines) = from;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        var held = 0;
        while (RandomAccess.Read(file, buffer.AsSpan(held), end + held) is > 0 and var read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            held += read;
            var start = 0;
            while (buffer.AsSpan(start, held - start).IndexOf((byte)'\n') is >= 0 and var length)
            {
                end += length + 1;
                visit(++lines, buffer.AsSpan(start, length));
                start += length + 1;
            }

            held -= start;
            buffer.AsSpan(start, held).CopyTo(buffer);
            if (held == buffer.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                buffer.CopyTo(larger, 0);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return new FilePosition(end, lines);
    }
}
