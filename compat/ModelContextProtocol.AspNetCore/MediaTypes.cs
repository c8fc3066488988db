using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ModelContextProtocol.AspNetCore;

/// <summary>What a request brings and takes: JSON, and for the answer a stream of events as well.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string EventStream = "text/event-stream";

    private static readonly MediaTypeHeaderValue JsonType = new(Json);
    private static readonly MediaTypeHeaderValue EventStreamType = new(EventStream);

    public static HttpError? Check(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var content) || !JsonType.IsSubsetOf(new MediaTypeHeaderValue(content.MediaType)))
        {
            return new(StatusCodes.Status415UnsupportedMediaType, McpErrorCode.InvalidRequest, $"Content-Type must be {Json}.");
        }

        // A client that says nothing takes anything.
        return request.Headers.Accept.Count == 0 || (MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) && Takes(accepted, JsonType) && Takes(accepted, EventStreamType))
            ? null
            : new(StatusCodes.Status406NotAcceptable, McpErrorCode.InvalidRequest, $"Accept must name both {Json} and {EventStream}.");
    }

    private static bool Takes(IList<MediaTypeHeaderValue> accepted, MediaTypeHeaderValue type) =>
        accepted.Any(range => range.Quality is null or > 0 && type.IsSubsetOf(new MediaTypeHeaderValue(range.MediaType)));
}
