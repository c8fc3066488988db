using Gateway.Api.Pipeline;
using Gateway.Api.Routing;
using Gateway.Api.Streaming;

namespace Gateway.Api.Providers;

/// <summary>A whole JSON reply, checked to be one, its bytes as they came.</summary>
/// <param name="target">Who answered.</param>
/// <param name="body">Its bytes.</param>
/// <param name="owner">Disposed when the bytes are no longer needed; null where they stay.</param>
/// <param name="facts">What was seen when it was looked through.</param>
internal sealed class UpstreamReply(Target target, ReadOnlyMemory<byte> body, IDisposable? owner, AnswerFacts facts) : UpstreamResult(target)
{
    public UpstreamReply(Target target, PooledBody body, AnswerFacts facts) : this(target, body.Memory, body, facts)
    {
    }

    public ReadOnlyMemory<byte> Body => body;

    /// <summary>What was seen when it was looked through.</summary>
    public AnswerFacts Facts { get; } = facts;

    /// <summary>A reply that the gateway wrote itself, in OpenAI's form.</summary>
    public static UpstreamReply OfWritten(Target target, PooledBody body, IReadOnlyList<string> warnings)
    {
        AnswerScanner.TryScan(body.Span, out var facts);
        return new UpstreamReply(target, body, facts) { Warnings = warnings };
    }

    public override void Dispose() => owner?.Dispose();
}
