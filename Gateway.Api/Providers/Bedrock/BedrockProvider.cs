using System.Text.Json;
using Gateway.Api.Configuration;
using Gateway.Api.Pipeline;
using Gateway.Api.Providers.Bedrock.Embeddings;
using Gateway.Api.Requests;
using Gateway.Api.Routing;
using Gateway.Api.Secrets;
using Gateway.Api.Telemetry;
using ServiceDefaults.Aws;

namespace Gateway.Api.Providers.Bedrock;

/// <summary>
/// Calls AWS Bedrock over HTTP: Converse for conversations and texts, InvokeModel for embeddings. A request of OpenAI's is translated
/// from its JSON, and the reply or the stream back.
/// </summary>
internal sealed class BedrockProvider : IProvider
{
    private readonly BedrockSettings _settings;
    private readonly AwsCredentialSource? _credentials;
    private readonly BedrockClient _client;
    private readonly ConverseCall _converse;
    private readonly EmbeddingCall _embeddings;

    /// <param name="credentials">What requests are signed with; null where they are not.</param>
    public BedrockProvider(string name, BedrockSettings settings, AwsCredentialSource? credentials, GatewayMetrics metrics, TimeProvider time, ILogger<BedrockProvider> logger)
    {
        Name = name;
        Identity = ProviderIdentity.Of(ProviderTypes.Bedrock, settings.BaseUrl);
        _settings = settings;
        _credentials = credentials;
        var log = new BedrockLog(logger);
        _client = new BedrockClient(settings, credentials, log, time);
        _converse = new ConverseCall(_client, settings.FetchesImages, metrics, log, time);
        _embeddings = new EmbeddingCall(_client, metrics);
    }

    public string Name { get; }

    public ProviderIdentity Identity { get; }

    public Secret? Credential => _settings.ApiKey;

    public ProviderProblem? Problem => _client.Problem;

    public bool TakesBedrockTokens => _settings.TakesCallersTokens;

    public async Task<UpstreamResult> CallAsync(GatewayRequest request, Target target)
    {
        if (request.BedrockToken is null && !_client.HasCredentials)
        {
            return new UpstreamFailure(target, UpstreamFailureKind.Credentials, Refusal.UpstreamError($"{target.Name} cannot be called: the gateway has no {(_settings.ApiKey is null ? "AWS credentials" : "API key")} at present."));
        }

        try
        {
            using var document = JsonDocument.Parse(request.Body!.Memory);
            return request.Operation == Operation.Embeddings
                ? await _embeddings.CallAsync(request, target, document.RootElement)
                : await _converse.CallAsync(request, target, document.RootElement);
        }
        catch (Exception exception) when (UpstreamHttp.FailureOf(exception, request, target, _settings.ConnectTimeout) is { } failure)
        {
            return failure;
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _credentials?.Dispose();
    }
}
