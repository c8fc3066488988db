using Gateway.Api.Configuration;

namespace Gateway.Api.Providers;

/// <summary>A provider as traces and metrics know it.</summary>
/// <param name="Name"><c>gen_ai.provider.name</c>: https://opentelemetry.io/docs/specs/semconv/registry/attributes/gen-ai/.</param>
/// <param name="Address">The host it is reached at; null where it is none.</param>
/// <param name="Port">An <c>int</c>, boxed once; null where there is no address.</param>
internal sealed record ProviderIdentity(string Name, string? Address, object? Port)
{
    private const string SelfHosted = "vllm";

    private static readonly Dictionary<string, string> ByHost = new(StringComparer.OrdinalIgnoreCase)
    {
        ["api.openai.com"] = "openai",
        ["api.anthropic.com"] = "anthropic",
        ["api.cohere.ai"] = "cohere",
        ["api.deepseek.com"] = "deepseek",
        ["api.groq.com"] = "groq",
        ["api.mistral.ai"] = "mistral_ai",
        ["api.perplexity.ai"] = "perplexity",
        ["api.x.ai"] = "x_ai",
        ["generativelanguage.googleapis.com"] = "gcp.gemini",
    };

    /// <param name="type">One of <see cref="ProviderTypes"/>.</param>
    /// <param name="address">Where it is reached.</param>
    public static ProviderIdentity Of(string type, Uri address) => new(NameOf(type, address.Host), address.Host, address.Port);

    private static string NameOf(string type, string host) =>
        type == ProviderTypes.Bedrock ? "aws.bedrock"
        : ByHost.TryGetValue(host, out var known) ? known
        : host.EndsWith(".openai.azure.com", StringComparison.OrdinalIgnoreCase) ? "azure.ai.openai"
        : SelfHosted;
}
