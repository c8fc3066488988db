using Gateway.Api.Pipeline;
using Gateway.Api.Routing;
using Gateway.Api.Streaming;

namespace Gateway.Api.Providers;

/// <summary>A whole JSON reply, checked to be one, its bytes as they came.</summary>
internal sealed class UpstreamReply(Target target, PooledBody body, AnswerFacts facts) : UpstreamResult(target)
{
    /// <summary>What was seen when it was looked through.</summary>
    public AnswerFacts Facts { get; } = facts;

    public async Task WriteToAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body.Memory, cancellationToken);
    }

    public override void Dispose() => body.Dispose();
}
