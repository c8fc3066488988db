using System.Buffers;
using System.Runtime.CompilerServices;
using Gateway.Api.Pipeline;
using Gateway.Api.Streaming;

namespace Gateway.Api.PassThrough;

/// <summary>
/// Hands a body on as it comes, keeps a copy of a short JSON one or of a stream's event that tells its usage, and has the request settled
/// before its last byte is handed out: at the length that was declared, or else at its end, which is before the caller is told of it.
/// </summary>
internal sealed class SettlingStream(Stream body, long? length, string? mediaType, Func<ReadOnlyMemory<byte>, ValueTask> settleAsync) : ReadOnlyStream
{
    /// <summary>A reply longer than this is not kept; none that tells its usage is.</summary>
    private const int MaxKeptBytes = 1024 * 1024;

    private readonly UsageEvents? _events = PassThroughModel.IsEventStream(mediaType) ? new UsageEvents() : null;
    private PooledBodyWriter? _kept = PassThroughModel.IsJson(mediaType) && !(length > MaxKeptBytes) ? new PooledBodyWriter() : null;
    private long _passed;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await body.ReadAsync(buffer, cancellationToken);

        // An empty buffer waits for bytes and takes none.
        if (buffer.IsEmpty)
        {
            return count;
        }

        Keep(buffer.Span[..count]);
        _passed += count;
        if (count == 0 || _passed == length)
        {
            await settleAsync(_events?.Last ?? _kept?.Written ?? default);
        }

        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body.Dispose();
            _kept?.Dispose();
            _kept = null;
        }

        base.Dispose(disposing);
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        _events?.Add(bytes);
        if (_kept is null)
        {
            return;
        }

        if (_passed + bytes.Length > MaxKeptBytes)
        {
            _kept.Dispose();
            _kept = null;
            return;
        }

        _kept.Write(bytes);
    }
}
