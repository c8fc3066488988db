using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Gateway.Api.Pipeline;
using Gateway.Api.Requests;
using Gateway.Api.Routing;
using Gateway.Api.Streaming;

namespace Gateway.Api.Providers.OpenAI;

/// <summary>
/// Calls whatever speaks OpenAI's protocol: OpenAI, vLLM, the simulated model. The request goes on as it came but for the
/// model's name, and the reply comes back as it is.
/// </summary>
internal sealed class OpenAIProvider : IDisposable
{
    private const int MaxReplyBytes = 64 * 1024 * 1024;
    private const int MaxErrorBytes = 64 * 1024;

    /// <summary>How long the last bytes of a reply may take to come, so that its connection can be used again. A longer one would keep an abandoned stream running.</summary>
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromMilliseconds(100);

    private readonly ProviderSettings _settings;
    private readonly HttpMessageInvoker _http;
    private readonly AuthenticationHeaderValue? _authorization;
    private readonly Dictionary<Operation, Uri> _addresses;

    public OpenAIProvider(string name, ProviderSettings settings)
    {
        Name = name;
        _settings = settings;
        _http = new HttpMessageInvoker(NewHandler(settings));
        _authorization = settings.Credential is { } credential ? new AuthenticationHeaderValue("Bearer", credential) : null;
        _addresses = new[] { Operation.Chat, Operation.Completions, Operation.Embeddings }
            .ToDictionary(operation => operation, operation => new Uri($"{settings.BaseUrl.AbsoluteUri.TrimEnd('/')}/{operation.Path}"));
    }

    public string Name { get; }

    /// <exception cref="OperationCanceledException">The caller left, or the attempt's time is up.</exception>
    public async Task<UpstreamResult> CallAsync(GatewayRequest request, Target target, CancellationToken cancellationToken)
    {
        HttpResponseMessage? response = null;
        try
        {
            response = await _http.SendAsync(NewMessage(request, target), cancellationToken);
            var result = await ReadAsync(response, request, target, cancellationToken);
            response = result is UpstreamStream ? null : response;
            return result;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return UpstreamFailure.Unreachable(target, $"no connection within {_settings.ConnectTimeout.TotalSeconds:0.#} s.");
        }
        catch (HttpRequestException failure) when (IsConnectFailure(failure))
        {
            return UpstreamFailure.Unreachable(target, $"{failure.HttpRequestError}.");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return UpstreamFailure.BrokeOff(target);
        }
        finally
        {
            response?.Dispose();
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage NewMessage(GatewayRequest request, Target target)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, _addresses[request.Operation])
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = new SplicedContent(request.Body!, new Splice(request.Fields.ModelValue, target.ModelJson), _settings.AsksForUsage ? request.Fields.AskForUsage : null),
        };
        message.Headers.Authorization = _authorization;
        message.Headers.TryAddWithoutValidation(RequestIds.Header, request.Http.TraceIdentifier);
        return message;
    }

    private static Task<UpstreamResult> ReadAsync(HttpResponseMessage response, GatewayRequest request, Target target, CancellationToken cancellationToken) =>
        !response.IsSuccessStatusCode ? ReadErrorAsync(response, target, cancellationToken)
        : request.Fields.Stream ? OpenStreamAsync(response, target, cancellationToken)
        : ReadReplyAsync(response, target, cancellationToken);

    private static async Task<UpstreamResult> ReadReplyAsync(HttpResponseMessage response, Target target, CancellationToken cancellationToken)
    {
        var body = await ReadBodyAsync(response, MaxReplyBytes, cancellationToken);
        if (body is null)
        {
            return UpstreamFailure.BadReply(target, $"answered with more than {MaxReplyBytes:N0} bytes.");
        }

        if (!AnswerScanner.TryScan(body.Span, out var facts))
        {
            body.Dispose();
            return UpstreamFailure.BadReply(target, "answered with something other than a JSON object.");
        }

        return new UpstreamReply(target, body, facts);
    }

    private static async Task<UpstreamResult> OpenStreamAsync(HttpResponseMessage response, Target target, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != "text/event-stream")
        {
            return UpstreamFailure.BadReply(target, "was asked for a stream and answered with something else.");
        }

        var (stream, first, data) = await UpstreamStream.OpenAsync(target, response, await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken);
        if (first == ChunkKind.Content)
        {
            return stream;
        }

        var reason = first == ChunkKind.Error ? $"failed: {ProviderError.Read(data).Message}" : "ended its stream before it had begun.";
        stream.Dispose();
        return UpstreamFailure.BadReply(target, reason);
    }

    private static async Task<UpstreamResult> ReadErrorAsync(HttpResponseMessage response, Target target, CancellationToken cancellationToken)
    {
        using var body = await ReadBodyAsync(response, MaxErrorBytes, cancellationToken);
        var error = ProviderError.Read(body?.Memory ?? default);
        return UpstreamFailure.OfStatus(target, (int)response.StatusCode, error, response.Headers.RetryAfter?.Delta);
    }

    private static async ValueTask<PooledBody?> ReadBodyAsync(HttpResponseMessage response, int maxBytes, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await PooledBody.ReadAsync(stream, response.Content.Headers.ContentLength, maxBytes, cancellationToken);
    }

    private static bool IsConnectFailure(HttpRequestException failure) =>
        failure.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;

    private static SocketsHttpHandler NewHandler(ProviderSettings settings) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = !settings.BaseUrl.IsLoopback,
        ConnectTimeout = settings.ConnectTimeout,
        EnableMultipleHttp2Connections = true,
        ActivityHeadersPropagator = settings.PropagatesTrace ? DistributedContextPropagator.Current : null,
        ResponseDrainTimeout = DrainTimeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };
}
