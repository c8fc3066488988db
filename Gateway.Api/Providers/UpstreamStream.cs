using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Gateway.Api.Routing;
using Gateway.Api.Streaming;

namespace Gateway.Api.Providers;

/// <summary>
/// A streamed reply that has begun well: its first chunk is there and is no error. Read like a channel: take what is there with
/// <see cref="TryRead"/>, then wait for more.
/// </summary>
internal sealed class UpstreamStream : UpstreamResult
{
    /// <summary>A frame longer than this is no chunk of an answer; it would only fill memory.</summary>
    private const int MaxFrameBytes = 4 * 1024 * 1024;

    private static readonly StreamPipeReaderOptions ReaderOptions = new(useZeroByteReads: true);

    private readonly IDisposable? _owner;
    private readonly PipeReader _reader;
    private ReadOnlySequence<byte> _unread;
    private SseFrameCutter _cutter;
    private bool _begun;
    private bool _ended;

    private UpstreamStream(Target target, IDisposable? owner, PipeReader reader) : base(target)
    {
        _owner = owner;
        _reader = reader;
    }

    /// <summary>Reads up to the first chunk, which stays to be read again, and says what that was: <see cref="ChunkKind.Done"/> at an empty stream.</summary>
    /// <param name="body">Server-sent events, as they came or made from whatever the provider speaks.</param>
    /// <param name="owner">What the body comes from; disposed with it.</param>
    public static async ValueTask<(UpstreamStream Stream, ChunkKind First, ReadOnlyMemory<byte> Data)> OpenAsync(
        Target target, Stream body, IDisposable owner, IReadOnlyList<string> warnings, CancellationToken cancellationToken)
    {
        var stream = new UpstreamStream(target, owner, PipeReader.Create(body, ReaderOptions)) { Warnings = warnings };
        try
        {
            do
            {
                var before = stream._unread;
                while (stream.TryRead(out var frame))
                {
                    if (frame.Kind is not (ChunkKind.KeepAlive or ChunkKind.Malformed))
                    {
                        (stream._unread, stream._cutter) = (before, default);
                        return (stream, frame.Kind, frame.Data);
                    }
                }
            }
            while (await stream.WaitToReadAsync(cancellationToken));
            return (stream, ChunkKind.Done, default);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>A stream that was read before, to its end.</summary>
    public static UpstreamStream OfWhole(Target target, ReadOnlyMemory<byte> frames, IReadOnlyList<string> warnings) =>
        new(target, owner: null, PipeReader.Create(ReadOnlySequence<byte>.Empty)) { Warnings = warnings, _unread = new ReadOnlySequence<byte>(frames), _begun = true, _ended = true };

    public bool TryRead(out StreamFrame frame)
    {
        if (!_cutter.TryCut(ref _unread, out var bytes))
        {
            frame = default;
            return false;
        }

        // Most frames lie in one piece; one that straddles two buffers is copied together.
        var whole = bytes.IsSingleSegment ? bytes.First : bytes.ToArray();
        var data = SseFrame.DataOf(whole);
        frame = new StreamFrame(whole, data, ChunkScanner.Scan(data.Span, out var facts), facts);
        return true;
    }

    /// <summary>Waits for more bytes; false at the end of the stream. Frames read before are no longer valid.</summary>
    /// <exception cref="IOException">The connection broke, or a frame has no end.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken)
    {
        if (_ended)
        {
            return false;
        }

        if (_unread.Length > MaxFrameBytes)
        {
            throw new IOException($"A frame of the stream is longer than {MaxFrameBytes} bytes.");
        }

        if (_begun)
        {
            _reader.AdvanceTo(_unread.Start, _unread.End);
        }

        _begun = true;
        var read = await _reader.ReadAsync(cancellationToken);
        _unread = read.Buffer;
        _ended = read.IsCompleted;
        return !_ended || !_unread.IsEmpty;
    }

    public override void Dispose()
    {
        // Closes the connection where the stream is not at its end, which is how the upstream learns that nobody listens.
        _reader.Complete();
        _owner?.Dispose();
    }
}
