using System.Net;

namespace Gateway.Api.McpServers.Clients;

/// <summary>Reads no reply further than it may be long.</summary>
internal sealed class BoundedReplies(int maxBytes, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Content.Headers.ContentLength > maxBytes)
        {
            response.Dispose();
            throw BoundedStream.TooLong(maxBytes);
        }

        response.Content = new BoundedContent(response.Content, maxBytes);
        return response;
    }

    private sealed class BoundedContent : HttpContent
    {
        private readonly HttpContent _content;
        private readonly int _maxBytes;

        public BoundedContent(HttpContent content, int maxBytes)
        {
            (_content, _maxBytes) = (content, maxBytes);
            foreach (var (name, values) in content.Headers)
            {
                Headers.TryAddWithoutValidation(name, values);
            }
        }

        protected override async Task<Stream> CreateContentReadStreamAsync() => new BoundedStream(await _content.ReadAsStreamAsync(), _maxBytes);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await using var bounded = await CreateContentReadStreamAsync();
            await bounded.CopyToAsync(stream);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            _content.Dispose();
            base.Dispose(disposing);
        }
    }
}
