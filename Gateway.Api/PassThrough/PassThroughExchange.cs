using System.Buffers;
using System.Net;
using Gateway.Api.Metering;
using Gateway.Api.Pipeline;
using Gateway.Api.Providers;
using Gateway.Api.Providers.OpenAI;
using Gateway.Api.Routing;
using Gateway.Api.Streaming;
using ServiceDefaults.Usage;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Api.PassThrough;

/// <summary>
/// One request on its way to the provider and its reply on the way back: what changes of their heads, and what the reply says of usage.
/// Everything else goes as it comes.
/// </summary>
internal sealed class PassThroughExchange(GatewayRequest request, OpenAIProvider provider, UsageMeter meter, TimeProvider time) : HttpTransformer
{
    /// <summary>
    /// Credentials of the gateway's, cookies of whatever else is on its host, what says whom the provider is to bill, what tells of the network behind the gateway, and what the
    /// gateway sets itself; also what Kestrel calls a length that it did not go by. Replies are not compressed, so that their usage can be read.
    /// </summary>
    private static readonly string[] WithheldFromProvider =
    [
        "Authorization", "x-api-key", "api-key", "Proxy-Authorization", "Cookie", "OpenAI-Organization", "OpenAI-Project", "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto",
        "traceparent", "tracestate", "baggage", "Accept-Encoding", "X-Content-Length", RequestIds.Header, GatewayHeaders.Details,
    ];

    /// <summary>What tells of the operator's account, stands for the gateway's own limits, or is for the gateway to say: which pages may read a reply, and what a browser keeps of its host.</summary>
    private static readonly string[] WithheldFromCaller =
    [
        "openai-organization", "openai-project", "Set-Cookie", "Clear-Site-Data",
        "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Access-Control-Allow-Headers", "Access-Control-Allow-Methods", "Access-Control-Expose-Headers", "Access-Control-Max-Age",
        .. from what in (string[])["limit", "remaining", "reset"] from unit in (string[])["requests", "tokens"] select $"x-ratelimit-{what}-{unit}",
    ];

    private int _status;
    private bool _isStream;

    /// <summary>Set where the provider's reply is not passed on: the caller is told this in its place.</summary>
    public UpstreamFailure? Failure { get; private set; }

    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var headers = proxyRequest.Headers;
        foreach (var name in WithheldFromProvider)
        {
            headers.Remove(name);
        }

        // What the caller's connection names is of that connection alone (https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1). It may name anything, be it no header at all.
        foreach (var name in httpContext.Request.Headers.GetCommaSeparatedValues("Connection").Where(headers.NonValidated.Contains))
        {
            headers.Remove(name);
        }

        headers.Host = null;
        headers.Authorization = provider.Authorization;
        headers.TryAddWithoutValidation(RequestIds.Header, httpContext.TraceIdentifier);
        proxyRequest.RequestUri = RequestUtilities.MakeDestinationAddress(destinationPrefix, PassThroughPath.BelowRoot(httpContext.Request.Path), httpContext.Request.QueryString);
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null)
        {
            return false;
        }

        _status = (int)proxyResponse.StatusCode;
        if (_status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or >= StatusCodes.Status500InternalServerError)
        {
            Failure = await OpenAIProvider.ReadErrorAsync(proxyResponse, request.Target!, cancellationToken);
            if (Failure.Kind == UpstreamFailureKind.Credentials)
            {
                // This request cannot be sent again; the next one has the new secret, if there is one.
                _ = provider.Credential?.RenewAsync(provider.Credential.Value, CancellationToken.None);
            }

            return false;
        }

        foreach (var name in WithheldFromCaller)
        {
            proxyResponse.Headers.Remove(name);
        }

        await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        httpContext.Response.Headers[GatewayHeaders.Target] = request.Target!.Name;
        request.FirstByte = IsAnswer ? time.GetTimestamp() : null;
        if (proxyResponse.StatusCode != HttpStatusCode.SwitchingProtocols)
        {
            var type = proxyResponse.Content.Headers.ContentType?.MediaType;
            _isStream = PassThroughModel.IsEventStream(type);
            proxyResponse.Content = new SettlingContent(proxyResponse.Content, type, SettleAsync);
        }

        return true;
    }

    private bool IsAnswer => _status < StatusCodes.Status400BadRequest;

    /// <summary>Settles the request by what the reply said of itself; once, before its last byte goes out.</summary>
    /// <param name="json">The reply, where it is JSON and not too long to be looked at, or the event of a stream that tells its usage.</param>
    public ValueTask SettleAsync(ReadOnlyMemory<byte> json = default)
    {
        if (request.Outcome is not null)
        {
            return ValueTask.CompletedTask;
        }

        request.Fields = request.Fields with { Stream = _isStream };
        if (!IsAnswer)
        {
            var error = ProviderError.Read(json);
            return meter.SettleAsync(request, new Outcome(UsageStatus.Failed, _status, error.Code ?? error.Type));
        }

        if (!json.IsEmpty && AnswerScanner.TryScan(json.Span, out var facts))
        {
            // Some routes count seconds or pictures: {"usage":{"type":"duration","seconds":9}}.
            facts.Usage = facts.Usage is { Prompt: 0, Completion: 0 } ? null : facts.Usage;
            request.Progress.Add(facts);
            if (request.Target is { Model: PassThroughModel.Unknown } target)
            {
                request.Target = new Target(target.Provider, PassThroughModel.Find(new ReadOnlySequence<byte>(json), isWhole: true), target.Health);
            }
        }

        return meter.SettleAsync(request, Outcome.Ok with { HttpStatus = _status });
    }
}
