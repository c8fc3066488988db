using Gateway.Api.Streaming;

namespace Gateway.Api.Caching.Flights;

/// <summary>One reader of a <see cref="FrameLog"/>, from its beginning.</summary>
internal sealed class FrameLogStream(FrameLog log) : ReadOnlyStream
{
    private FrameLog.Piece _piece = log.First;
    private int _read;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_read == _piece.Bytes.Length)
        {
            if (await log.AfterAsync(_piece, cancellationToken) is not { } next)
            {
                return 0;
            }

            (_piece, _read) = (next, 0);
            if (buffer.IsEmpty)
            {
                return 0;
            }
        }

        var count = Math.Min(buffer.Length, _piece.Bytes.Length - _read);
        _piece.Bytes.AsSpan(_read, count).CopyTo(buffer.Span);
        _read += count;
        return count;
    }
}
