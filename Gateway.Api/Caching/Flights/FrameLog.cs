using System.Buffers;

namespace Gateway.Api.Caching.Flights;

/// <summary>What has passed of a stream, in pieces that never change: written by one, read by any number, each at its own pace, without a lock.</summary>
internal sealed class FrameLog
{
    private readonly ArrayBufferWriter<byte> _next = new(1024);
    private Piece _last;
    private int _published;
    private volatile Exception? _failure;
    private volatile bool _hasEnded;
    private volatile TaskCompletionSource _more = NewSignal();

    public FrameLog() => First = _last = new Piece([]);

    /// <summary>Where readers begin; empty.</summary>
    public Piece First { get; }

    /// <summary>In bytes, with what is not yet published.</summary>
    public int Length => _published + _next.WrittenCount;

    public void Write(ReadOnlySpan<byte> bytes) => _next.Write(bytes);

    /// <summary>Lets the readers have what was written.</summary>
    public void Publish()
    {
        if (_next.WrittenCount > 0)
        {
            var piece = new Piece(_next.WrittenSpan.ToArray());
            _next.ResetWrittenCount();
            _published += piece.Bytes.Length;
            _last.Next = piece;
            _last = piece;
            Wake();
        }
    }

    /// <param name="failure">Why it ended early; null where it came to its end.</param>
    public void End(Exception? failure = null)
    {
        Publish();
        _failure = failure;
        _hasEnded = true;
        Wake();
    }

    /// <summary>The piece after this one, once it is there; null at the end.</summary>
    /// <exception cref="IOException">The stream broke.</exception>
    public async ValueTask<Piece?> AfterAsync(Piece piece, CancellationToken cancellationToken)
    {
        while (true)
        {
            // What comes between the look and the wait has ended this wait already.
            var more = _more;
            var hasEnded = _hasEnded;
            if (piece.Next is { } next)
            {
                return next;
            }

            if (hasEnded)
            {
                return _failure is { } failure ? throw new IOException(failure.Message, failure) : null;
            }

            await more.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>All that was written, published or not.</summary>
    public byte[] ToArray()
    {
        var all = new byte[Length];
        var written = 0;
        for (var piece = First; piece is not null; piece = piece.Next)
        {
            piece.Bytes.CopyTo(all.AsSpan(written));
            written += piece.Bytes.Length;
        }

        _next.WrittenSpan.CopyTo(all.AsSpan(written));
        return all;
    }

    private void Wake()
    {
        var waiting = _more;
        _more = NewSignal();
        waiting.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal sealed class Piece(byte[] bytes)
    {
        private volatile Piece? _next;

        public byte[] Bytes => bytes;

        public Piece? Next
        {
            get => _next;
            set => _next = value;
        }
    }
}
