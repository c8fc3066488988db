using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Gateway.Api.Configuration;
using Gateway.Api.Pipeline;
using Gateway.Api.Requests;
using Gateway.Api.Routing;
using Gateway.Api.Secrets;
using Gateway.Api.Streaming;
using Microsoft.Net.Http.Headers;

namespace Gateway.Api.Providers.OpenAI;

/// <summary>
/// Calls whatever speaks OpenAI's protocol: OpenAI, vLLM, the simulated model. The request goes on as it came but for the
/// model's name, and the reply comes back as it is.
/// </summary>
internal sealed class OpenAIProvider : IProvider
{
    private const int MaxReplyBytes = 64 * 1024 * 1024;
    private const int MaxErrorBytes = 64 * 1024;

    private readonly ProviderSettings _settings;
    private readonly Dictionary<Operation, Uri> _addresses;

    public OpenAIProvider(string name, ProviderSettings settings)
    {
        Name = name;
        _settings = settings;
        Http = new HttpMessageInvoker(UpstreamHttp.NewHandler(settings.BaseUrl, settings.ConnectTimeout, settings.PropagatesTrace));
        Identity = ProviderIdentity.Of(ProviderTypes.OpenAI, settings.BaseUrl);
        Address = settings.BaseUrl.AbsoluteUri.TrimEnd('/');
        _addresses = new[] { Operation.Chat, Operation.Completions, Operation.Embeddings }
            .ToDictionary(operation => operation, operation => new Uri($"{Address}/{operation.Path}"));
    }

    public string Name { get; }

    public ProviderIdentity Identity { get; }

    public Secret? Credential => _settings.Credential;

    public ProviderProblem? Problem => _settings.Credential?.Problem;

    public bool TakesBedrockTokens => false;

    /// <summary>The address up to and with the version, without a slash at its end.</summary>
    public string Address { get; }

    /// <summary>Its connections.</summary>
    public HttpMessageInvoker Http { get; }

    /// <summary>The gateway's credential there; null where it wants none.</summary>
    public AuthenticationHeaderValue? Authorization => _settings.Credential?.Bearer;

    /// <exception cref="OperationCanceledException">The caller left, or the attempt's time is up.</exception>
    public async Task<UpstreamResult> CallAsync(GatewayRequest request, Target target)
    {
        HttpResponseMessage? response = null;
        try
        {
            response = await Http.SendAsync(NewMessage(request, target), request.AttemptCancelled);
            var result = await ReadAsync(response, request, target);
            response = result is UpstreamStream ? null : response;
            return result;
        }
        catch (Exception exception) when (UpstreamHttp.FailureOf(exception, request, target, _settings.ConnectTimeout) is { } failure)
        {
            return failure;
        }
        finally
        {
            response?.Dispose();
        }
    }

    public void Dispose() => Http.Dispose();

    private HttpRequestMessage NewMessage(GatewayRequest request, Target target)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, _addresses[request.Operation])
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = new SplicedContent(request.Body!, new Splice(request.Fields.ModelValue, target.ModelJson), _settings.AsksForUsage ? request.Fields.AskForUsage : null, request.Extensions?.Cuts),
        };
        message.Headers.Authorization = Authorization;
        message.Headers.TryAddWithoutValidation(RequestIds.Header, request.Http.TraceIdentifier);

        // Where the gateway traces, the attempt's span is there in its place.
        if (!_settings.PropagatesTrace && request.Http.Request.Headers.TraceParent is [{ } trace] && ActivityContext.TryParse(trace, traceState: null, out _))
        {
            message.Headers.TryAddWithoutValidation(HeaderNames.TraceParent, trace);
        }

        return message;
    }

    private static async Task<UpstreamResult> ReadAsync(HttpResponseMessage response, GatewayRequest request, Target target) =>
        !response.IsSuccessStatusCode ? await ReadErrorAsync(response, target, request.AttemptCancelled)
        : request.Fields.Stream ? await OpenStreamAsync(response, target, WarningsOf(request), request.AttemptCancelled)
        : await ReadReplyAsync(response, target, WarningsOf(request), request.AttemptCancelled);

    private static IReadOnlyList<string> WarningsOf(GatewayRequest request) => request.Extensions?.Warnings ?? [];

    private static async Task<UpstreamResult> ReadReplyAsync(HttpResponseMessage response, Target target, IReadOnlyList<string> warnings, CancellationToken cancellationToken)
    {
        var body = await UpstreamHttp.ReadBodyAsync(response, MaxReplyBytes, cancellationToken);
        if (body is null)
        {
            return UpstreamFailure.BadReply(target, $"answered with more than {MaxReplyBytes:N0} bytes.");
        }

        if (!AnswerScanner.TryScan(body.Span, out var facts))
        {
            body.Dispose();
            return UpstreamFailure.BadReply(target, "answered with something other than a JSON object.");
        }

        return new UpstreamReply(target, body, facts) { Warnings = warnings };
    }

    private static async Task<UpstreamResult> OpenStreamAsync(HttpResponseMessage response, Target target, IReadOnlyList<string> warnings, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != "text/event-stream")
        {
            return UpstreamFailure.BadReply(target, "was asked for a stream and answered with something else.");
        }

        var (stream, first, data) = await UpstreamStream.OpenAsync(target, await response.Content.ReadAsStreamAsync(cancellationToken), response, warnings, cancellationToken);
        if (first == ChunkKind.Content)
        {
            return stream;
        }

        var reason = first == ChunkKind.Error ? $"failed: {ProviderError.Read(data).Message}" : "ended its stream before it had begun.";
        stream.Dispose();
        return UpstreamFailure.BadReply(target, reason);
    }

    /// <summary>What a status other than success, and the error that came with it, mean.</summary>
    public static async Task<UpstreamFailure> ReadErrorAsync(HttpResponseMessage response, Target target, CancellationToken cancellationToken)
    {
        using var body = await UpstreamHttp.ReadBodyAsync(response, MaxErrorBytes, cancellationToken);
        var error = ProviderError.Read(body?.Memory ?? default);
        return UpstreamFailure.OfStatus(target, (int)response.StatusCode, error, response.Headers.RetryAfter?.Delta);
    }
}
