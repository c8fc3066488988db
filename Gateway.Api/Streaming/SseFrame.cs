namespace Gateway.Api.Streaming;

/// <summary>Reads what is in a frame that <see cref="SseFrameCutter"/> has cut.</summary>
internal static class SseFrame
{
    private const byte LineFeed = (byte)'\n';

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
}
