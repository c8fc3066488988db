using Gateway.Tests.Hosts;
using OpenAI.Chat;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Clients.DotNet;

[Trait("Requirement", "B1.4")]
public sealed class LogProbabilityTests(SimulatedGateway gateway)
{
    [Fact]
    public async Task Each_token_comes_with_its_probability_where_asked_for()
    {
        var options = new ChatCompletionOptions { IncludeLogProbabilities = true, TopLogProbabilityCount = 2 };

        ChatCompletion answer = await gateway.Chat().CompleteChatAsync(["Say exactly: Good morning."], options, TestContext.Current.CancellationToken);

        string.Concat(answer.ContentTokenLogProbabilities.Select(token => token.Token)).ShouldBe("Good morning.");
        answer.ContentTokenLogProbabilities.ShouldAllBe(token => token.LogProbability <= 0 && token.TopLogProbabilities.Count == 2);
    }
}
