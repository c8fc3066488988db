using Gateway.Tests.Hosts;
using OpenAI.Chat;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Clients.DotNet;

[Trait("Requirement", "B1.4")]
public class ChatTests(SimulatedGateway gateway)
{
    [Fact]
    [Trait("Requirement", "B6.1")]
    public async Task A_question_gets_a_whole_answer()
    {
        ChatCompletion answer = await gateway.Chat().CompleteChatAsync("Say exactly: Good morning, Vienna.");

        answer.Content.Single().Text.ShouldBe("Good morning, Vienna.");
        answer.Role.ShouldBe(ChatMessageRole.Assistant);
        answer.FinishReason.ShouldBe(ChatFinishReason.Stop);
        answer.Model.ShouldBe(SimulatedGateway.ServedChatModel);
        answer.Id.ShouldStartWith("chatcmpl-");
        answer.Refusal.ShouldBeNull();
        answer.ToolCalls.ShouldBeEmpty();
        answer.Usage.TotalTokenCount.ShouldBe(answer.Usage.InputTokenCount + answer.Usage.OutputTokenCount);
        answer.Usage.OutputTokenCount.ShouldBeGreaterThan(0);
    }

    [Fact]
    [Trait("Requirement", "B6.3")]
    public async Task Messages_of_every_role_are_taken()
    {
        ChatMessage[] conversation =
        [
            new SystemChatMessage("Be brief."),
            new UserChatMessage("What is 2 + 2?"),
            new AssistantChatMessage([ChatToolCall.CreateFunctionToolCall("call_1", "add", BinaryData.FromString("""{"a":2,"b":2}"""))]),
            new ToolChatMessage("call_1", "4"),
            new AssistantChatMessage("It is 4."),
            new UserChatMessage(ChatMessageContentPart.CreateTextPart("Say exactly: Thank you.")),
        ];

        ChatCompletion answer = await gateway.Chat().CompleteChatAsync(conversation);

        answer.Content.Single().Text.ShouldBe("Thank you.");
    }

    [Fact]
    public async Task An_answer_longer_than_its_limit_is_cut()
    {
        var options = new ChatCompletionOptions { MaxOutputTokenCount = 3 };

        ChatCompletion answer = await gateway.Chat().CompleteChatAsync(["Say exactly: one two three four five six"], options, TestContext.Current.CancellationToken);

        answer.FinishReason.ShouldBe(ChatFinishReason.Length);
        answer.Usage.OutputTokenCount.ShouldBe(3);
    }
}
