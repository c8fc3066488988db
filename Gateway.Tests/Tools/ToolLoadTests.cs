using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Tools;

/// <summary>Many conversations at once, each of three rounds: none is lost, and none gets what another's tool has said.</summary>
[Trait("Requirement", "G2.5")]
public sealed class ToolLoadTests(ToolGateway shared)
{
    private const int Conversations = 200;

    [Fact]
    public async Task Two_hundred_conversations_at_once_all_end_with_what_is_theirs()
    {
        await Task.WhenAll(Enumerable.Range(0, Conversations).Select(TalkAsync));
    }

    private async Task TalkAsync(int number)
    {
        var look = new ModelSays(null, ("scripted__look", shared.ScriptTool(ScriptedMcp.Says($"this is {number}."))));
        await using var chat = ToolChat.On(shared, look, look, new ModelSays($"answer {number}"));

        using var response = await chat.PostAsync(ToolChat.Body(number % 2 == 0 ? "" : "\"stream\":true", ScriptedMcp.Tool()));

        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        var said = number % 2 == 0
            ? (string?)JsonNode.Parse(body)!["choices"]![0]!["message"]!["content"]
            : ToolChat.TextOf(body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)).TrimEnd();
        said.ShouldBe($"answer {number}");
        chat.Rounds[2]["messages"]!.AsArray().Where(message => (string?)message!["role"] == "tool").Select(message => (string?)message!["content"])
            .ShouldBe([$"this is {number}.", $"this is {number}."]);
    }
}
