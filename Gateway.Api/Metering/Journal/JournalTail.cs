using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;

namespace Gateway.Api.Metering.Journal;

/// <summary>
/// Holds lines until the disk has them: a small file, mapped into memory in two halves, of which one is filled while the other's lines are
/// put down. What the kernel keeps of a mapped file outlives the process however it ends, so that a line that was copied there is safe
/// from <c>kill -9</c> at once, with no call into the kernel and nothing to wait for.
/// </summary>
/// <remarks>Each half: the length of its lines (8 bytes, little-endian), then the lines.</remarks>
internal sealed class JournalTail : IDisposable
{
    public const int HalfBytes = 1 << 20;

    private const string FileName = "tail";

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly Stack<TailHalf> _free = [];

    private JournalTail(MemoryMappedFile file)
    {
        _file = file;
        _view = file.CreateViewAccessor(0, 2 * HalfBytes);
        _free.Push(new TailHalf(_view.SafeMemoryMappedViewHandle, 0));
        _free.Push(new TailHalf(_view.SafeMemoryMappedViewHandle, HalfBytes));
    }

    /// <summary>Makes the file. It is written full of zeros: a mapped page for which the disk had no room would end the process.</summary>
    public static JournalTail Create(string folder)
    {
        var path = PathIn(folder);
        using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite))
        {
            RandomAccess.Write(file, new byte[2 * HalfBytes], 0);
            RandomAccess.FlushToDisk(file);
        }

        return new JournalTail(MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.ReadWrite));
    }

    public static string PathIn(string folder) => Path.Combine(folder, FileName);

    /// <summary>The lines that a process left in its tail, without their ends, in no order. Some may be on disk by now.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> ReadLines(ReadOnlyMemory<byte> tail)
    {
        for (var start = 0; start + HalfBytes <= tail.Length; start += HalfBytes)
        {
            var length = (int)Math.Clamp(BinaryPrimitives.ReadInt64LittleEndian(tail.Span[start..]), 0, TailHalf.Capacity);
            var lines = tail.Slice(start + TailHalf.HeadBytes, length);
            while (lines.Span.IndexOf(JournalLine.End) is >= 0 and var end)
            {
                yield return lines[..end];
                lines = lines[(end + 1)..];
            }
        }
    }

    /// <summary>A half that nothing is in; null where there is none.</summary>
    public TailHalf? TryTake() => _free.TryPop(out var half) ? half : null;

    /// <summary>Takes a half back whose lines are on disk.</summary>
    public void Return(TailHalf half)
    {
        half.Clear();
        _free.Push(half);
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
