using System.Runtime.InteropServices;

namespace Gateway.Api.Metering.Journal;

/// <summary>One half of a <see cref="JournalTail"/>. A line counts once the length at its head says so, which it does when all of it is there.</summary>
internal sealed unsafe class TailHalf
{
    public const int HeadBytes = sizeof(long);
    public const int Capacity = JournalTail.HalfBytes - HeadBytes;

    private readonly byte* _start;
    private int _length;

    /// <param name="view">Outlives this, and is not let go of before.</param>
    /// <param name="offset">Where the half begins.</param>
    public TailHalf(SafeBuffer view, int offset)
    {
        byte* start = null;
        view.AcquirePointer(ref start);
        view.ReleasePointer();
        _start = start + offset;
    }

    /// <summary>False where the line does not fit.</summary>
    public bool TryAdd(ReadOnlySpan<byte> line)
    {
        if (line.Length > Capacity - _length)
        {
            return false;
        }

        line.CopyTo(new Span<byte>(_start + HeadBytes + _length, line.Length));
        SetLength(_length + line.Length);
        return true;
    }

    public void Clear() => SetLength(0);

    private void SetLength(int length)
    {
        _length = length;
        Volatile.Write(ref *(long*)_start, length);
    }
}
