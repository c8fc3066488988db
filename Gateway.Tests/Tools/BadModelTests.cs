using System.Net;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Tools;

/// <summary>A model that calls what is not there, calls for ever, or fails on the way: the chat ends, within its bounds.</summary>
[Trait("Requirement", "G2.5")]
public sealed class BadModelTests(ToolGateway shared)
{
    private static readonly ModelSays Sorry = new("Sorry.");

    private ModelSays Look => new(null, ("scripted__look", shared.ScriptTool(ScriptedMcp.Says("seen"))));

    [Theory]
    [InlineData("scripted__look", "not json", "its arguments are no JSON object")]
    [InlineData("scripted__look", "[1]", "its arguments are no JSON object")]
    [InlineData("scripted__buy", "{}", "there is no tool of this name; there are: scripted__look, scripted__order")]
    public async Task A_call_of_nothing_is_answered_here(string name, string arguments, string told)
    {
        await using var chat = ToolChat.On(shared, new ModelSays(null, (name, arguments)), Sorry);

        await chat.ChatAsync(tools: ScriptedMcp.Tool());

        ((string?)chat.Rounds[1]["messages"]!.AsArray()[^1]!["content"]).ShouldBe($"Error: the tool was not called: {told}.");
    }

    [Fact]
    public async Task A_model_that_calls_for_ever_is_left_to_answer()
    {
        await using var chat = ToolChat.On(shared, Look);

        var reply = await chat.ChatAsync(tools: ScriptedMcp.Tool(), details: true);

        ((string?)reply["choices"]![0]!["finish_reason"]).ShouldBe("length");
        ((string?)reply["gateway"]!["stopped"]).ShouldBe("rounds");
        chat.Rounds.Select(round => (string?)round["tool_choice"]).ShouldBe([.. Enumerable.Repeat<string?>(null, 7), "none"]);
    }

    [Theory]
    [InlineData("Gateway:ToolLoop:MaxTokens", "100", "the limit of tokens is reached")]
    [InlineData("Gateway:ToolLoop:MaxCostUsd", "0.0001", "the limit of cost is reached")]
    public async Task At_a_bound_the_model_answers_with_what_there_is(string key, string value, string reason)
    {
        await using var mcp = await ScriptedMcp.SayingAsync("never");
        await using var chat = await ToolChat.StartAsync(
            mcp.Endpoint,
            [new ModelSays(null, ("products__look", "{}")), Sorry],
            (key, value),
            ("Gateway:Prices:local/microsoft/Phi-3-mini-4k-instruct:Input", "10"),
            ("Gateway:Prices:local/microsoft/Phi-3-mini-4k-instruct:Output", "10"));

        var reply = await chat.ChatAsync();

        ((string?)reply["choices"]![0]!["message"]!["content"]).ShouldBe("Sorry.");
        ((string?)chat.Rounds[1]["messages"]!.AsArray()[^1]!["content"]).ShouldBe($"Error: the tool was not called: {reason}.");
        ((string?)chat.Rounds[1]["tool_choice"]).ShouldBe("none");
    }

    [Fact]
    public async Task More_calls_at_once_than_allowed_are_not_made()
    {
        var call = ("scripted__look", shared.ScriptTool(ScriptedMcp.Says("seen")));
        await using var chat = ToolChat.On(shared, new ModelSays(null, [.. Enumerable.Repeat(call, 18)]), Sorry);

        await chat.ChatAsync(tools: ScriptedMcp.Tool());

        chat.Rounds[1]["messages"]!.AsArray().TakeLast(3).Select(message => (string?)message!["content"]).ShouldBe(
            ["seen", .. Enumerable.Repeat("Error: the tool was not called: no more than 16 tools are called at once.", 2)]);
    }

    [Fact]
    public async Task A_call_that_the_limit_of_tokens_has_cut_is_not_made()
    {
        await using var chat = ToolChat.On(shared, new ModelSays("I", ("scripted__look", "{\"a\":")) { FinishReason = "length" });

        var reply = await chat.ChatAsync(tools: ScriptedMcp.Tool());

        ((string?)reply["choices"]![0]!["finish_reason"]).ShouldBe("length");
        chat.Rounds.Count.ShouldBe(1);
    }

    [Fact]
    public async Task One_that_fails_in_a_later_round_fails_the_request()
    {
        await using var chat = ToolChat.On(shared, Look, Failing());

        using var response = await chat.PostAsync(ToolChat.Body(tools: ScriptedMcp.Tool()));

        await ToolChat.ErrorOf(response, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task One_that_fails_in_a_later_round_ends_the_stream_with_an_error()
    {
        await using var chat = ToolChat.On(shared, Look, Failing());

        var frames = await chat.StreamAsync(tools: ScriptedMcp.Tool());

        frames[^1].ShouldStartWith("data: {\"error\":");
        frames.ShouldNotContain("data: [DONE]");
    }

    private static ModelSays Failing() => new(null)
    {
        Before = async http =>
        {
            http.Response.StatusCode = 400;
            await http.Response.WriteAsync("{\"error\":{\"message\":\"I do not like it\"}}", http.RequestAborted);
            return true;
        },
    };
}
