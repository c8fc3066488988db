using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Gateway.Api.Providers.Replies;
using Gateway.Api.Streaming;

namespace Gateway.Api.Providers.Bedrock.Streams;

/// <summary>
/// A stream of Bedrock's binary frames, read as server-sent events: each read turns what has come into chunks and hands them out. Holds
/// no more than the frames of one read.
/// </summary>
internal sealed class ConverseStream(Stream frames, EventTranslator translator, ChunkWriter chunks, Func<BedrockError, UpstreamFailure> failureOf) : ReadOnlyStream
{
    private const int PreludeBytes = 12;

    private readonly PipeReader _reader = PipeReader.Create(frames, new StreamPipeReaderOptions(useZeroByteReads: true));
    private byte[] _straddling = [];
    private int _handedOut;
    private IOException? _broken;

    private int Waiting => chunks.Written.Length - _handedOut;

    /// <summary>Reads up to the first part of the answer; returns what came in its place, if something did.</summary>
    public async ValueTask<BedrockError?> BeginAsync(CancellationToken cancellationToken)
    {
        while (!translator.HasBegun && !translator.IsOver)
        {
            await FillAsync(cancellationToken);
        }

        return translator.HasBegun ? null : translator.Error;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (Waiting == 0)
        {
            if (_broken is not null)
            {
                throw _broken;
            }

            if (translator.IsOver)
            {
                return 0;
            }

            chunks.Clear();
            _handedOut = 0;
            await FillAsync(cancellationToken);
        }

        var count = Math.Min(Waiting, buffer.Length);
        chunks.Written.Slice(_handedOut, count).CopyTo(buffer);
        _handedOut += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        _reader.Complete();
        base.Dispose(disposing);
    }

    /// <exception cref="IOException">The connection broke, or a frame is damaged or was cut off.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        var read = await _reader.ReadAsync(cancellationToken);
        var unread = read.Buffer;
        try
        {
            Translate(ref unread, read.IsCompleted);
        }
        catch (IOException damaged) when (translator.HasBegun)
        {
            // What came before the damage is handed out before it is told.
            _broken = damaged;
        }

        if (translator is { HasBegun: true, Error: { } error })
        {
            chunks.Error(failureOf(error).Refusal);
        }

        _reader.AdvanceTo(unread.Start, unread.End);
    }

    private void Translate(ref ReadOnlySequence<byte> unread, bool isLast)
    {
        while (!translator.IsOver && TryCut(ref unread, out var frame))
        {
            translator.Translate(EventFrame.Read(frame));
        }

        if (!isLast || translator.IsOver)
        {
            return;
        }

        if (!unread.IsEmpty)
        {
            throw new IOException("The event stream was cut off inside a frame.");
        }

        translator.End();
    }

    private bool TryCut(ref ReadOnlySequence<byte> buffer, out ReadOnlyMemory<byte> frame)
    {
        frame = default;
        Span<byte> prelude = stackalloc byte[PreludeBytes];
        var start = buffer.Slice(0, Math.Min(buffer.Length, PreludeBytes));
        start.CopyTo(prelude);
        var length = EventFrame.LengthOf(prelude[..(int)start.Length]);
        if (length == 0 || buffer.Length < length)
        {
            return false;
        }

        var whole = buffer.Slice(0, length);
        buffer = buffer.Slice(length);
        frame = whole.IsSingleSegment ? whole.First : Join(whole, length);
        return true;
    }

    private ReadOnlyMemory<byte> Join(ReadOnlySequence<byte> pieces, int length)
    {
        if (_straddling.Length < length)
        {
            _straddling = new byte[length];
        }

        pieces.CopyTo(_straddling);
        return _straddling.AsMemory(0, length);
    }
}
