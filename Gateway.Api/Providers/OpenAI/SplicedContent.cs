using System.Net;
using System.Net.Http.Headers;
using Gateway.Api.Pipeline;
using Gateway.Api.Requests;

namespace Gateway.Api.Providers.OpenAI;

/// <summary>A JSON body that is another one with one or two splices, and cuts between them: slices of what is there, none of them copied.</summary>
internal sealed class SplicedContent : HttpContent
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly PooledBody _body;
    private readonly Splice _first;
    private readonly Splice? _second;
    private readonly IReadOnlyList<Range> _cuts;

    /// <param name="cuts">What is left out, in order; after the first splice and before the second.</param>
    public SplicedContent(PooledBody body, Splice splice, Splice? other = null, IReadOnlyList<Range>? cuts = null)
    {
        _body = body;
        _cuts = cuts ?? [];
        (_first, _second) = other is { } earlier && earlier.Cut.Start.Value < splice.Cut.Start.Value ? (earlier, splice) : (splice, other);
        Headers.ContentType = Json;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _body.Borrow();
        using (_body)
        {
            await stream.WriteAsync(_body.Memory[.._first.Cut.Start], cancellationToken);
            await stream.WriteAsync(_first.Replacement, cancellationToken);
            var rest = _first.Cut.End;
            for (var i = 0; i < _cuts.Count; i++)
            {
                await stream.WriteAsync(_body.Memory[rest.._cuts[i].Start], cancellationToken);
                rest = _cuts[i].End;
            }

            if (_second is { } second)
            {
                await stream.WriteAsync(_body.Memory[rest..second.Cut.Start], cancellationToken);
                await stream.WriteAsync(second.Replacement, cancellationToken);
                rest = second.Cut.End;
            }

            await stream.WriteAsync(_body.Memory[rest..], cancellationToken);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length + _first.Growth + (_second?.Growth ?? 0);
        for (var i = 0; i < _cuts.Count; i++)
        {
            length -= _cuts[i].End.Value - _cuts[i].Start.Value;
        }

        return true;
    }
}
