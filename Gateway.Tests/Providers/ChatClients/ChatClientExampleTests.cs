using Gateway.Api.Providers.ChatClients;
using Gateway.Tests.Clients.DotNet;
using Gateway.Tests.Hosts;
using OpenAI.Chat;
using Shouldly;
using Xunit;
using ChatFinishReason = OpenAI.Chat.ChatFinishReason;

namespace Gateway.Tests.Providers.ChatClients;

/// <summary>A chat client that an operator registers in code, asked through OpenAI's .NET client.</summary>
[Trait("Requirement", "G1.5")]
public sealed class ChatClientExampleTests : IAsyncLifetime
{
    private static readonly ChatTool Weather = ChatTool.CreateFunctionTool("get_weather", "Current weather of a city", BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"}}}"""));

    private ScriptedUpstream _upstream = null!;
    private GatewayHost _gateway = null!;
    private ChatClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _upstream = await ScriptedUpstream.StartAsync(_ => Task.CompletedTask);
        _gateway = await GatewayHost.StartAsync(
            _upstream,
            services => services.AddChatClientProvider("mine", _ => new WeatherClient()),
            ("Gateway:Models:weather:Targets:0:Provider", "mine"), ("Gateway:Models:weather:Targets:0:Model", "echo"));
        _client = _gateway.Client(await _gateway.CreateKeyAsync()).GetChatClient("weather");
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task It_answers_whole()
    {
        ChatCompletion answer = await _client.CompleteChatAsync(["Hé!"], cancellationToken: TestContext.Current.CancellationToken);

        (answer.Content[0].Text, answer.FinishReason, answer.Model).ShouldBe(("I heard: Hé!", ChatFinishReason.Stop, "echo-1"));
        (answer.Usage.InputTokenCount, answer.Usage.OutputTokenCount, answer.Usage.InputTokenDetails.CachedTokenCount).ShouldBe((7, 3, 2));
    }

    [Fact]
    public async Task It_answers_streamed()
    {
        var updates = await _client.CompleteChatStreamingAsync(["Hé!"], cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        string.Concat(updates.SelectMany(update => update.ContentUpdate).Select(part => part.Text)).ShouldBe("I heard: Hé!");
        updates.Count(update => update.ContentUpdate.Count > 0 && update.ContentUpdate[0].Text.Length > 0).ShouldBe(2);
        updates.Single(update => update.FinishReason is not null).FinishReason.ShouldBe(ChatFinishReason.Stop);
        updates.Single(update => update.Usage is not null).Usage.TotalTokenCount.ShouldBe(10);
        updates.ShouldAllBe(update => update.Model == "echo-1");
    }

    [Fact]
    public async Task It_calls_a_tool_and_hears_of_its_result()
    {
        List<OpenAI.Chat.ChatMessage> conversation = [new UserChatMessage("How is the weather?")];
        var options = new ChatCompletionOptions { Tools = { Weather } };

        ChatCompletion call = await _client.CompleteChatAsync(conversation, options, TestContext.Current.CancellationToken);
        call.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        (call.ToolCalls[0].FunctionName, call.ToolCalls[0].FunctionArguments.ToString()).ShouldBe(("get_weather", """{"city":"Oslo"}"""));
        conversation.AddRange([new AssistantChatMessage(call), new ToolChatMessage(call.ToolCalls[0].Id, "rain")]);
        ChatCompletion answer = await _client.CompleteChatAsync(conversation, options, TestContext.Current.CancellationToken);

        answer.Content[0].Text.ShouldBe("I heard: rain");
    }

    [Fact]
    public async Task It_calls_a_tool_in_a_stream()
    {
        var updates = await _client.CompleteChatStreamingAsync(["How is the weather?"], new ChatCompletionOptions { Tools = { Weather } }, TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        var calls = updates.SelectMany(update => update.ToolCallUpdates).ToList();
        (calls[0].Index, calls[0].ToolCallId, calls[0].FunctionName).ShouldBe((0, "call_1", "get_weather"));
        string.Concat(calls.Select(call => call.FunctionArgumentsUpdate?.ToString())).ShouldBe("""{"city":"Oslo"}""");
        updates.Single(update => update.FinishReason is not null).FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
    }
}
