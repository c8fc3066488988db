using System.Buffers;
using Gateway.Api.Streaming;

namespace Gateway.Api.PassThrough;

/// <summary>
/// Keeps the last event of a stream that tells its usage, while the stream's bytes pass in whatever pieces:
/// <c>data: {"type":"transcript.text.done","text":"…","usage":{"type":"tokens","input_tokens":30,"output_tokens":5}}</c>.
/// </summary>
internal sealed class UsageEvents
{
    /// <summary>A picture has its usage beside it. After an event that is longer nothing more is looked at, and the usage is unknown.</summary>
    private const int MaxEventBytes = 4 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _begun = new();
    private SseFrameCutter _cutter;
    private bool _gaveUp;

    /// <summary>The event's data; empty where none has told any.</summary>
    public ReadOnlyMemory<byte> Last { get; private set; }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        _gaveUp |= _begun.WrittenCount + bytes.Length > MaxEventBytes;
        if (_gaveUp)
        {
            Last = default;
            return;
        }

        _begun.Write(bytes);
        var rest = new ReadOnlySequence<byte>(_begun.WrittenMemory);
        while (_cutter.TryCut(ref rest, out var frame))
        {
            Look(SseFrame.DataOf(frame.First));
        }

        if (rest.Length < _begun.WrittenCount)
        {
            var begun = rest.ToArray();
            _begun.ResetWrittenCount();
            _begun.Write(begun);
        }
    }

    private void Look(ReadOnlyMemory<byte> data)
    {
        if (data.Span.IndexOf("\"usage\""u8) >= 0 && AnswerScanner.TryScan(data.Span, out var facts) && facts.Usage is not null)
        {
            Last = data.ToArray();
        }
    }
}
