using Gateway.Api.Providers;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Telemetry;

public sealed class ProviderIdentityTests
{
    [Theory]
    [InlineData("OpenAI", "https://api.openai.com/v1", "openai", "api.openai.com", 443)]
    [InlineData("OpenAI", "http://localhost:8000/v1", "vllm", "localhost", 8000)]
    [InlineData("OpenAI", "https://mine.openai.azure.com/openai/v1", "azure.ai.openai", "mine.openai.azure.com", 443)]
    [InlineData("OpenAI", "https://api.mistral.ai/v1", "mistral_ai", "api.mistral.ai", 443)]
    [InlineData("Bedrock", "https://bedrock-runtime.eu-central-1.amazonaws.com", "aws.bedrock", "bedrock-runtime.eu-central-1.amazonaws.com", 443)]
    public void A_provider_is_called_what_the_convention_calls_it(string type, string address, string name, string host, int port) =>
        ProviderIdentity.Of(type, new Uri(address)).ShouldBe(new ProviderIdentity(name, host, port));
}
