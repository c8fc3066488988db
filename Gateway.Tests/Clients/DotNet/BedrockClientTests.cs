using Gateway.Tests.Hosts.Bedrock;
using Xunit;

namespace Gateway.Tests.Clients.DotNet;

/// <summary>The tests of OpenAI's .NET client on an alias that goes to Bedrock.</summary>
public static class BedrockClientTests
{
    public sealed class Chat(SimulatedBedrock gateway) : ChatTests(gateway);

    public sealed class Embedding(SimulatedBedrock gateway) : EmbeddingTests(gateway);

    public sealed class Error(SimulatedBedrock gateway) : ErrorTests(gateway);

    public sealed class Response(SimulatedBedrock gateway) : ResponsesTests(gateway);

    public sealed class StructuredOutput(SimulatedBedrock gateway) : StructuredOutputTests(gateway);

    public sealed class Tool(SimulatedBedrock gateway) : ToolTests(gateway);

    public sealed class Streaming(SimulatedBedrock gateway, PacedBedrock paced, CutBedrock cut)
        : StreamingTests(gateway, paced, cut), IClassFixture<PacedBedrock>, IClassFixture<CutBedrock>;
}
