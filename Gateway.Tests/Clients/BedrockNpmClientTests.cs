using Shouldly;
using Xunit;

namespace Gateway.Tests.Clients;

/// <summary>Every case of <see cref="NpmClientTests"/> on an alias that goes to Bedrock, but for what Converse has not: a second choice.</summary>
[Trait("Requirement", "B1.4")]
[Trait("Requirement", "B4.4")]
[Trait("Requirement", "G1.5")]
public sealed class BedrockNpmClientTests(BedrockNpmRun node) : IClassFixture<BedrockNpmRun>
{
    private static readonly string[] NotOfBedrock = ["chat: two choices come where two are asked for"];

    public static TheoryData<string> Areas => ["catalogue", "chat", "completions", "embeddings", "errors", "langchain", "messages", "models", "responses", "streaming", "structured", "tools", "vercel"];

    [Theory]
    [MemberData(nameof(Areas))]
    public void Every_case_passes_on_Bedrock(string area)
    {
        var cases = node.Cases.Where(name => name.StartsWith($"{area}:", StringComparison.Ordinal)).Except(NotOfBedrock).ToList();

        cases.ShouldNotBeEmpty();
        cases.ForEach(node.ShouldHavePassed);
    }
}
