using System.Net;

namespace Gateway.Api.PassThrough;

/// <summary>A reply's body that is looked at while it passes; see <see cref="SettlingStream"/>.</summary>
/// <param name="body">The body as it comes.</param>
/// <param name="mediaType">By which it is known what is worth keeping to be looked at.</param>
/// <param name="settleAsync">Called with what was kept, before the last byte passes.</param>
internal sealed class SettlingContent(HttpContent body, string? mediaType, Func<ReadOnlyMemory<byte>, ValueTask> settleAsync) : HttpContent
{
    protected override async Task<Stream> CreateContentReadStreamAsync() =>
        new SettlingStream(await body.ReadAsStreamAsync(), body.Headers.ContentLength, mediaType, settleAsync);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        new SettlingStream(await body.ReadAsStreamAsync(cancellationToken), body.Headers.ContentLength, mediaType, settleAsync);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => throw new NotSupportedException("It is read, never written.");

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body.Dispose();
        }

        base.Dispose(disposing);
    }
}
