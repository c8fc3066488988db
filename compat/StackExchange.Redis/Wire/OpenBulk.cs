using System.Buffers;

namespace StackExchange.Redis.Wire;

/// <summary>A string of known length whose bytes are still coming: <c>hello\r\n</c> after <c>$5\r\n</c>.</summary>
internal sealed class OpenBulk(ReplyKind kind, int length, bool isVerbatim)
{
    private byte[] _bytes = length == 0 ? [] : new byte[Math.Min(length, ReplyLimits.Trusted)];
    private int _filled;

    public ReplyKind Kind => kind;

    public bool IsVerbatim => isVerbatim;

    public bool TryFill(ref SequenceReader<byte> reader, out byte[] bytes)
    {
        while (_filled < length && !reader.End)
        {
            if (_filled == _bytes.Length)
            {
                Array.Resize(ref _bytes, (int)Math.Min(length, _bytes.Length * 2L));
            }

            var piece = reader.UnreadSpan;
            piece = piece[..Math.Min(piece.Length, _bytes.Length - _filled)];
            piece.CopyTo(_bytes.AsSpan(_filled));
            reader.Advance(piece.Length);
            _filled += piece.Length;
        }

        bytes = _bytes;
        if (_filled < length || reader.Remaining < 2)
        {
            return false;
        }

        return reader.IsNext("\r\n"u8, advancePast: true) ? true : throw new ReplyException("a string longer than its length said");
    }
}
