using Gateway.Api.Pipeline;
using Gateway.Api.Routing;

namespace Gateway.Api.Providers;

/// <summary>A whole JSON reply, checked to be one, its bytes as they came.</summary>
internal sealed class UpstreamReply(Target target, PooledBody body) : UpstreamResult(target)
{
    public async Task WriteToAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body.Memory, cancellationToken);
    }

    public override void Dispose() => body.Dispose();
}
