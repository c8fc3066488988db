using Gateway.Api.Pipeline;
using Gateway.Api.Routing;
using Gateway.Api.Secrets;

namespace Gateway.Api.Providers;

/// <summary>Serves models over one protocol: <see cref="OpenAI.OpenAIProvider"/>, <see cref="Bedrock.BedrockProvider"/> and <see cref="ChatClients.ChatClientProvider"/>.</summary>
internal interface IProvider : IDisposable
{
    /// <summary>What the operator calls it.</summary>
    string Name { get; }

    /// <summary>What traces and metrics call it.</summary>
    ProviderIdentity Identity { get; }

    /// <summary>The gateway's credential there, where it is a secret of the configuration's.</summary>
    Secret? Credential { get; }

    /// <summary>Why it cannot serve callers who bring nothing but a key of the gateway; null where it can.</summary>
    ProviderProblem? Problem { get; }

    /// <summary>Whether it serves callers who bring a Bedrock token of their own.</summary>
    bool TakesBedrockTokens { get; }

    /// <exception cref="OperationCanceledException">The caller left, or the attempt's time is up.</exception>
    Task<UpstreamResult> CallAsync(GatewayRequest request, Target target);
}
