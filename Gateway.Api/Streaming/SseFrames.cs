using System.Buffers;

namespace Gateway.Api.Streaming;

/// <summary>
/// Cuts a byte stream into server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): a frame is the
/// lines up to and with a blank one. Lines end in LF or CR LF; a lone CR, which the standard allows and nobody sends, does not count.
/// </summary>
internal static class SseFrames
{
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    /// <summary>Takes the first whole frame off <paramref name="buffer"/>; false where none is whole yet.</summary>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> frame)
    {
        var reader = new SequenceReader<byte>(buffer);
        while (reader.TryReadTo(out ReadOnlySequence<byte> line, LineFeed))
        {
            if (!IsBlank(line))
            {
                continue;
            }

            frame = buffer.Slice(0, reader.Position);
            buffer = buffer.Slice(reader.Position);
            return true;
        }

        frame = default;
        return false;
    }

    /// <summary>The frame's data: what follows <c>data:</c>, the lines of several joined by LF; empty where there is none.</summary>
    public static ReadOnlyMemory<byte> DataOf(ReadOnlyMemory<byte> frame)
    {
        ReadOnlyMemory<byte> data = default;
        while (!frame.IsEmpty)
        {
            var end = frame.Span.IndexOf(LineFeed);
            var line = end < 0 ? frame : frame[..end];
            frame = end < 0 ? default : frame[(end + 1)..];
            if (!line.Span.StartsWith("data:"u8))
            {
                continue;
            }

            line = line["data:".Length..];
            line = line.Span.StartsWith(" "u8) ? line[1..] : line;
            line = line.Span.EndsWith("\r"u8) ? line[..^1] : line;
            data = data.IsEmpty ? line : (byte[])[.. data.Span, LineFeed, .. line.Span];
        }

        return data;
    }

    private static bool IsBlank(in ReadOnlySequence<byte> line) =>
        line.IsEmpty || (line.Length == 1 && line.FirstSpan[0] == CarriageReturn);
}
