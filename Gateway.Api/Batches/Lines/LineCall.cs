using System.Globalization;
using Gateway.Api.Access;
using Gateway.Api.Flags;
using Gateway.Api.Pipeline;
using Gateway.Api.Responses;
using Gateway.Api.Responses.Background;
using Gateway.Api.Responses.Requests;

namespace Gateway.Api.Batches.Lines;

/// <summary>Sends one line the way of any request, on a context of its own.</summary>
internal sealed class LineCall(RequestPipeline pipeline, ContextReader contexts, ResponseKeeper keeper, BackgroundRuns runs, FeatureFlags flags, IServiceProvider services, TimeProvider time)
{
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public async Task<LineAnswer> RunAsync(BatchEndpoint endpoint, Caller caller, ReadOnlyMemory<byte> body, string requestId, CancellationToken cancellationToken)
    {
        using var reply = new MemoryStream();
        var http = ContextOf(endpoint, caller, body, requestId, reply, cancellationToken);
        if (endpoint.Path == BatchEndpoint.Responses)
        {
            using var codec = new ResponsesCodec(contexts, keeper, runs, flags, time);
            await pipeline.RunAsync(http, endpoint.Operation, codec, isBatch: true);
        }
        else
        {
            await pipeline.RunAsync(http, endpoint.Operation, isBatch: true);
        }

        // Of a caller who left the pipeline says nothing.
        if (reply.Length == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        var headers = http.Response.Headers;
        var retryAfter = int.TryParse(headers.RetryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        return new LineAnswer(http.Response.StatusCode, reply.ToArray(), retryAfter, headers.ContainsKey(GatewayHeaders.Attempts));
    }

    private DefaultHttpContext ContextOf(BatchEndpoint endpoint, Caller caller, ReadOnlyMemory<byte> body, string requestId, Stream reply, CancellationToken cancellationToken)
    {
        var http = new DefaultHttpContext { User = caller, TraceIdentifier = requestId, RequestAborted = cancellationToken, RequestServices = services };
        http.Request.Method = HttpMethods.Post;
        http.Request.Path = endpoint.Path;
        http.Request.ContentType = "application/json";
        http.Request.ContentLength = body.Length;
        http.Request.Body = new MemoryStream(body.ToArray(), writable: false);
        http.Response.Body = reply;
        return http;
    }
}
