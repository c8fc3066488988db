using Gateway.Api.Pipeline;
using Gateway.Api.Routing;
using Gateway.Api.Streaming;

namespace Gateway.Api.Providers;

/// <summary>A whole JSON reply, checked to be one, its bytes as they came.</summary>
internal sealed class UpstreamReply(Target target, PooledBody body, AnswerFacts facts) : UpstreamResult(target)
{
    public ReadOnlyMemory<byte> Body => body.Memory;

    /// <summary>What was seen when it was looked through.</summary>
    public AnswerFacts Facts { get; } = facts;

    /// <summary>A reply that the gateway wrote itself, in OpenAI's form.</summary>
    public static UpstreamReply OfWritten(Target target, PooledBody body, IReadOnlyList<string> warnings)
    {
        AnswerScanner.TryScan(body.Span, out var facts);
        return new UpstreamReply(target, body, facts) { Warnings = warnings };
    }

    public override void Dispose() => body.Dispose();
}
