using System.Buffers;

namespace Gateway.Api.Streaming;

/// <summary>
/// Cuts a byte stream into server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): a frame is the
/// lines up to and with a blank one. Lines end in LF or CR LF; a lone CR, which the standard allows and nobody sends, does not count.
/// Remembers how far it has looked, so that a frame that comes in many pieces is looked through once.
/// </summary>
internal struct SseFrameCutter
{
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    private long _searched;
    private long _lineStart;

    /// <summary>Takes the first whole frame off <paramref name="buffer"/>; false where none is whole yet, and more is to be appended.</summary>
    public bool TryCut(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> frame)
    {
        var reader = new SequenceReader<byte>(buffer);
        reader.Advance(_searched);
        while (reader.TryAdvanceTo(LineFeed))
        {
            var isBlank = IsBlank(buffer, _lineStart, reader.Consumed - 1);
            _lineStart = reader.Consumed;
            if (isBlank)
            {
                frame = buffer.Slice(0, reader.Position);
                buffer = buffer.Slice(reader.Position);
                this = default;
                return true;
            }
        }

        _searched = buffer.Length;
        frame = default;
        return false;
    }

    private static bool IsBlank(in ReadOnlySequence<byte> buffer, long start, long end) =>
        end == start || (end == start + 1 && buffer.Slice(start, 1).PositionOf(CarriageReturn) is not null);
}
