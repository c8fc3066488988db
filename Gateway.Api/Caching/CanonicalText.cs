using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Gateway.Api.Caching;

/// <summary>Bytes in the making, in pooled memory. What has a length of its own is preceded by it.</summary>
internal sealed class CanonicalText(int capacity) : IDisposable
{
    private const int LengthBytes = sizeof(int);

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(capacity, 512));

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public void Write(byte mark)
    {
        MakeRoom(1);
        _buffer[Length++] = mark;
    }

    /// <summary>The text's own 16-bit units: to transcode it would make one of two texts that are not valid.</summary>
    public void Write(string text) => Write(MemoryMarshal.AsBytes(text.AsSpan()));

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Open(bytes.Length));
        Close(bytes.Length);
    }

    public void Write(long number)
    {
        MakeRoom(sizeof(long));
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(Length), number);
        Length += sizeof(long);
    }

    /// <summary>Room for what is to be written in place, behind its length.</summary>
    public Span<byte> Open(int most)
    {
        MakeRoom(LengthBytes + most);
        return _buffer.AsSpan(Length + LengthBytes, most);
    }

    /// <summary>Ends what <see cref="Open"/> began.</summary>
    public void Close(int length)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(Length), length);
        Length += LengthBytes + length;
    }

    /// <summary>What <see cref="Close"/> ended, by where it was opened.</summary>
    public ReadOnlySpan<byte> At(int start) => _buffer.AsSpan(start + LengthBytes, BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(start)));

    public void CutBackTo(int length) => Length = length;

    /// <summary>Puts the parts that follow each other from <paramref name="start"/> to the end into another order.</summary>
    public void Reorder(int start, ReadOnlySpan<Range> order)
    {
        var copy = ArrayPool<byte>.Shared.Rent(Length - start);
        _buffer.AsSpan(start, Length - start).CopyTo(copy);
        var to = start;
        foreach (var part in order)
        {
            var length = part.End.Value - part.Start.Value;
            copy.AsSpan(part.Start.Value - start, length).CopyTo(_buffer.AsSpan(to));
            to += length;
        }

        ArrayPool<byte>.Shared.Return(copy);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void MakeRoom(int bytes)
    {
        if (_buffer.Length - Length >= bytes)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, Length + bytes));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
