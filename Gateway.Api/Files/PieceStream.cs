using Gateway.Api.Streaming;

namespace Gateway.Api.Files;

/// <summary>A file that is kept in pieces, of which one at a time is in memory.</summary>
/// <param name="bytes">How long it is.</param>
/// <param name="fetch">A piece by its number; empty where it is gone.</param>
internal sealed class PieceStream(long bytes, Func<int, CancellationToken, ValueTask<ReadOnlyMemory<byte>>> fetch) : ReadOnlyStream
{
    private ReadOnlyMemory<byte> _piece;
    private int _next;
    private long _left = bytes;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_left == 0 || buffer.Length == 0)
        {
            return 0;
        }

        if (_piece.Length == 0)
        {
            _piece = await fetch(_next++, cancellationToken);
            if (_piece.Length == 0)
            {
                throw new EndOfStreamException("The file was deleted while it was read.");
            }
        }

        var count = Math.Min(buffer.Length, _piece.Length);
        _piece[..count].CopyTo(buffer);
        _piece = _piece[count..];
        _left -= count;
        return count;
    }
}
