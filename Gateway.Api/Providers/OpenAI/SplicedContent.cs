using System.Net;
using System.Net.Http.Headers;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Providers.OpenAI;

/// <summary>A JSON body that is another one with one value put in place of another: three slices, none of them copied.</summary>
internal sealed class SplicedContent : HttpContent
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly PooledBody _body;
    private readonly Range _cut;
    private readonly ReadOnlyMemory<byte> _replacement;

    public SplicedContent(PooledBody body, Range cut, ReadOnlyMemory<byte> replacement)
    {
        _body = body;
        _cut = cut;
        _replacement = replacement;
        Headers.ContentType = Json;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _body.Borrow();
        using (_body)
        {
            await stream.WriteAsync(_body.Memory[.._cut.Start], cancellationToken);
            await stream.WriteAsync(_replacement, cancellationToken);
            await stream.WriteAsync(_body.Memory[_cut.End..], cancellationToken);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length - (_cut.End.Value - _cut.Start.Value) + _replacement.Length;
        return true;
    }
}
