using System.Net;
using System.Net.Http.Headers;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Providers.Bedrock;

/// <summary>A JSON body from pooled memory, which it holds for as long as it is being sent.</summary>
internal sealed class PooledContent : HttpContent
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly PooledBody _body;

    public PooledContent(PooledBody body)
    {
        _body = body;
        Headers.ContentType = Json;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _body.Borrow();
        using (_body)
        {
            await stream.WriteAsync(_body.Memory, cancellationToken);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
