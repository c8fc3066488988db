using System.Buffers;

namespace Gateway.Tests.Fuzz.Generation;

/// <summary>The same bytes in pieces, cut anywhere, as a network brings them.</summary>
internal static class Pieces
{
    public static IEnumerable<byte[]> Of(byte[] bytes, FuzzRandom random)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var length = 1 + Math.Min(random.Length(512), bytes.Length - at - 1);
            yield return bytes[at..(at + length)];
            at += length;
        }
    }

    /// <summary>As many segments, an empty one among them now and then.</summary>
    public static ReadOnlySequence<byte> Sequence(byte[] bytes, FuzzRandom random)
    {
        var first = new Segment(default, 0);
        var last = first;
        foreach (var piece in Of(bytes, random))
        {
            last = random.OneIn(8) ? last.Append(default) : last;
            last = last.Append(piece);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long runningIndex) => (Memory, RunningIndex) = (memory, runningIndex);

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
