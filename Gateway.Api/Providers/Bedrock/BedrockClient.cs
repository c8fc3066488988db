using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Gateway.Api.Pipeline;
using Gateway.Api.Routing;
using ServiceDefaults.Aws;

namespace Gateway.Api.Providers.Bedrock;

/// <summary>Sends requests to Bedrock's runtime: the caller's own token first, then the provider's API key, then a signature.</summary>
internal sealed class BedrockClient(BedrockSettings settings, AwsCredentialSource? credentials, BedrockLog log, TimeProvider time) : IDisposable
{
    public const string Converse = "converse";
    public const string ConverseStream = "converse-stream";
    public const string Invoke = "invoke";

    private const string Service = "bedrock";
    private const int MaxErrorBytes = 64 * 1024;

    private readonly HttpMessageInvoker _http = new(NewHandler(settings, credentials, time));
    private readonly ConcurrentDictionary<(string Model, string Verb), Uri> _addresses = [];

    /// <summary>Whether it can serve callers who bring no token of their own.</summary>
    public bool HasCredentials => settings.ApiKey is not null || credentials?.Current is not null;

    /// <summary>Why it cannot; null where it can.</summary>
    public ProviderProblem? Problem => HasCredentials ? null : BedrockProblems.NoCredentials(settings, credentials?.Problem);

    public Task<HttpResponseMessage> SendAsync(GatewayRequest request, Target target, string verb, PooledBody body, CancellationToken cancellationToken)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, _addresses.GetOrAdd((target.Model, verb), AddressOf))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = new PooledContent(body),
        };
        if ((request.BedrockToken ?? settings.ApiKey) is { } bearer)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        }

        message.Options.Set(AwsSigningHandler.Body, body.Memory);
        return _http.SendAsync(message, cancellationToken);
    }

    public async Task<UpstreamFailure> ReadErrorAsync(HttpResponseMessage response, GatewayRequest request, Target target, CancellationToken cancellationToken)
    {
        using var body = await UpstreamHttp.ReadBodyAsync(response, MaxErrorBytes, cancellationToken);
        return FailureOf(BedrockError.Read(response, body?.Memory ?? default), request, target);
    }

    public UpstreamFailure FailureOf(BedrockError error, GatewayRequest request, Target target)
    {
        var token = request.BedrockToken;
        if (token is null && BedrockFailures.IsOfCredentials(error))
        {
            log.CredentialsRefused(target.Name, error.Name, error.Message);
        }

        return BedrockFailures.Of(target, error, token, settings.Region);
    }

    public void Dispose() => _http.Dispose();

    // The id is escaped whole: an ARN holds colons and slashes.
    private Uri AddressOf((string Model, string Verb) call) =>
        new($"{settings.BaseUrl.AbsoluteUri.TrimEnd('/')}/model/{Uri.EscapeDataString(call.Model)}/{call.Verb}");

    private static HttpMessageHandler NewHandler(BedrockSettings settings, AwsCredentialSource? credentials, TimeProvider time)
    {
        var handler = UpstreamHttp.NewHandler(settings.BaseUrl, settings.ConnectTimeout, settings.PropagatesTrace);
        return credentials is null ? handler : new AwsSigningHandler(credentials, settings.Region, Service, time) { InnerHandler = handler };
    }
}
