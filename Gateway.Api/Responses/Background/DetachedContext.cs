using Gateway.Api.Pipeline;

namespace Gateway.Api.Responses.Background;

/// <summary>Makes of a request one that outlives it: the same caller, headers and body, and a reply that goes nowhere.</summary>
internal static class DetachedContext
{
    public static HttpContext Of(HttpContext http, ReadOnlyMemory<byte> body, BackgroundRun run, IServiceProvider services)
    {
        var detached = new DefaultHttpContext
        {
            User = http.User,
            TraceIdentifier = http.TraceIdentifier,
            RequestAborted = run.Cancelled,
            RequestServices = services,
        };
        detached.Connection.RemoteIpAddress = http.Connection.RemoteIpAddress;
        detached.Request.Method = http.Request.Method;
        detached.Request.Path = http.Request.Path;
        foreach (var (name, value) in http.Request.Headers)
        {
            detached.Request.Headers[name] = value;
        }

        detached.Request.Body = new MemoryStream(body.ToArray(), writable: false);
        detached.Request.ContentLength = body.Length;
        detached.SetEndpoint(new Endpoint(requestDelegate: null, new EndpointMetadataCollection(new ErrorForm((_, refusal) => run.Refuse(refusal))), "background"));
        return detached;
    }
}
