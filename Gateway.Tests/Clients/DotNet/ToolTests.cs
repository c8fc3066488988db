using System.Text.Json;
using Gateway.Tests.Hosts;
using OpenAI.Chat;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Clients.DotNet;

[Trait("Requirement", "B1.4")]
public class ToolTests(SimulatedGateway gateway)
{
    private const string Question = "What is the weather in Paris and in Rome?";

    private static readonly ChatTool Weather = ChatTool.CreateFunctionTool(
        "get_weather", "Current weather of a city", BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}"""));

    [Fact]
    public async Task One_question_calls_a_tool_twice_in_parallel()
    {
        ChatCompletion answer = await gateway.Chat().CompleteChatAsync([Question], new ChatCompletionOptions { Tools = { Weather } }, TestContext.Current.CancellationToken);

        answer.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        answer.ToolCalls.Select(call => (call.FunctionName, CityOf(call.FunctionArguments.ToString()))).ShouldBe([("get_weather", "Paris"), ("get_weather", "Rome")]);
        answer.ToolCalls.Select(call => call.Id).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Parallel_calls_are_left_out_where_the_caller_does_not_want_them()
    {
        var options = new ChatCompletionOptions { Tools = { Weather }, AllowParallelToolCalls = false };

        ChatCompletion answer = await gateway.Chat().CompleteChatAsync([Question], options, TestContext.Current.CancellationToken);

        answer.ToolCalls.Select(call => CityOf(call.FunctionArguments.ToString())).ShouldBe(["Paris"]);
    }

    [Fact]
    public async Task A_tool_that_must_be_called_is_called()
    {
        var options = new ChatCompletionOptions { Tools = { Weather }, ToolChoice = ChatToolChoice.CreateFunctionChoice("get_weather") };

        ChatCompletion answer = await gateway.Chat().CompleteChatAsync(["Tell me about Oslo."], options, TestContext.Current.CancellationToken);

        answer.ToolCalls.Select(call => call.FunctionName).ShouldBe(["get_weather"]);
    }

    [Fact]
    [Trait("Requirement", "B6.4")]
    public async Task Streamed_calls_are_put_together_by_their_index()
    {
        var updates = await gateway.Chat().CompleteChatStreamingAsync([Question], new ChatCompletionOptions { Tools = { Weather } }, TestContext.Current.CancellationToken)
            .SelectMany(update => update.ToolCallUpdates.ToAsyncEnumerable()).ToListAsync(TestContext.Current.CancellationToken);

        var calls = updates.GroupBy(update => update.Index).OrderBy(call => call.Key).ToList();
        calls.Select(call => call.Single(update => update.FunctionName is not null).FunctionName).ShouldBe(["get_weather", "get_weather"]);
        calls.Select(call => CityOf(string.Concat(call.Select(update => update.FunctionArgumentsUpdate?.ToString())))).ShouldBe(["Paris", "Rome"]);
        calls.Select(call => call.Single(update => update.ToolCallId is not null).ToolCallId).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    [Trait("Requirement", "B6.3")]
    public async Task The_tools_results_come_back_in_the_answer()
    {
        var options = new ChatCompletionOptions { Tools = { Weather } };
        List<ChatMessage> conversation = [new UserChatMessage(Question)];
        ChatCompletion calls = await gateway.Chat().CompleteChatAsync(conversation, options, TestContext.Current.CancellationToken);
        conversation.Add(new AssistantChatMessage(calls));
        conversation.Add(new ToolChatMessage(calls.ToolCalls[0].Id, """{"sky":"sunny","celsius":21}"""));
        conversation.Add(new ToolChatMessage(calls.ToolCalls[1].Id, """{"sky":"cloudy","celsius":17}"""));

        ChatCompletion answer = await gateway.Chat().CompleteChatAsync(conversation, options, TestContext.Current.CancellationToken);

        answer.FinishReason.ShouldBe(ChatFinishReason.Stop);
        answer.ToolCalls.ShouldBeEmpty();
        answer.Content.Single().Text.ShouldSatisfyAllConditions(text => text.ShouldContain("sunny"), text => text.ShouldContain("cloudy"));
    }

    private static string? CityOf(string arguments) => JsonDocument.Parse(arguments).RootElement.GetProperty("city").GetString();
}
