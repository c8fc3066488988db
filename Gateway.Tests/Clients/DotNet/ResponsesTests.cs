#pragma warning disable OPENAI001 // The client's own mark for an API that may still change.
using System.ClientModel;
using System.Text.Json;
using Gateway.Tests.Hosts;
using OpenAI.Responses;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Clients.DotNet;

[Trait("Requirement", "B1.4")]
public class ResponsesTests(SimulatedGateway gateway)
{
    private const string Greeting = "Say exactly: Good morning, Vienna.";

    private readonly ResponsesClient _client = gateway.Client().GetResponsesClient();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_question_gets_an_answer_that_can_be_fetched_and_deleted()
    {
        ResponseResult made = await _client.CreateResponseAsync(SimulatedGateway.ChatModel, Greeting, cancellationToken: Token);
        ResponseResult fetched = await _client.GetResponseAsync(made.Id, cancellationToken: Token);
        await _client.DeleteResponseAsync(made.Id, Token);

        made.Status.ShouldBe(ResponseStatus.Completed);
        (made.GetOutputText(), fetched.GetOutputText()).ShouldBe(("Good morning, Vienna.", "Good morning, Vienna."));
        made.Usage.TotalTokenCount.ShouldBe(made.Usage.InputTokenCount + made.Usage.OutputTokenCount);
        (await Should.ThrowAsync<ClientResultException>(() => _client.GetResponseAsync(made.Id, cancellationToken: Token))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task An_answer_is_streamed()
    {
        var (text, last) = ("", (StreamingResponseUpdate?)null);
        await using var updates = await _client.CreateResponseStreamingAsync(SimulatedGateway.ChatModel, Greeting, cancellationToken: Token);
        await foreach (var update in updates)
        {
            text += update is StreamingResponseOutputTextDeltaUpdate delta ? delta.Delta : "";
            last = update;
        }

        text.ShouldBe("Good morning, Vienna.");
        last.ShouldBeOfType<StreamingResponseCompletedUpdate>().Response.GetOutputText().ShouldBe(text);
    }

    [Fact]
    public async Task Functions_are_called_and_their_results_go_on_from_the_call()
    {
        var tool = ResponseTool.CreateFunctionTool(
            "get_weather", BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}"""), strictModeEnabled: false, "Current weather of a city");
        var options = new CreateResponseOptions { Model = SimulatedGateway.ChatModel, Tools = { tool }, InputItems = { ResponseItem.CreateUserMessageItem("What is the weather in Paris?") } };

        ResponseResult first = await _client.CreateResponseAsync(options, Token);
        var call = first.OutputItems.OfType<FunctionCallResponseItem>().ShouldHaveSingleItem();
        var next = new CreateResponseOptions
        {
            Model = SimulatedGateway.ChatModel, Tools = { tool }, PreviousResponseId = first.Id, InputItems = { ResponseItem.CreateFunctionCallOutputItem(call.CallId, """{"sky":"sunny"}""") },
        };
        ResponseResult second = await _client.CreateResponseAsync(next, Token);

        JsonDocument.Parse(call.FunctionArguments).RootElement.GetProperty("city").GetString().ShouldBe("Paris");
        second.GetOutputText().ShouldContain("sunny");
    }
}
