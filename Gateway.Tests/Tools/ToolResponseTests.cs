using System.Net;
using System.Text.Json.Nodes;
using Gateway.Tests.Schemas;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Tools;

/// <summary>Responses whose tools the gateway calls, with items of their own for it.</summary>
[Trait("Requirement", "G2.5")]
public sealed class ToolResponseTests(ToolGateway shared)
{
    private static readonly ModelSays Calls = new("Let me look.", ("products__search_catalog", ToolChat.Search));
    private static readonly ModelSays Answer = new("Take the Keyline Slim.");

    [Fact]
    public async Task A_response_holds_the_tools_the_calls_and_the_answer()
    {
        await using var chat = ToolChat.On(shared, Calls, Answer);

        var response = await CreateAsync(chat, "\"input\":\"A keyboard?\"");

        var output = response["output"]!.AsArray();
        TypesOf(response).ShouldBe(["mcp_list_tools", "message", "mcp_call", "message"]);
        output[0]!["tools"]!.AsArray().Count.ShouldBe(4);
        var call = output[2]!;
        ((string?)call["status"], (string?)call["server_label"], (string?)call["name"], (string?)call["arguments"]).ShouldBe(("completed", "products", "search_catalog", ToolChat.Search));
        ((string?)call["output"])!.ShouldContain("Keyline Slim Wireless Keyboard");
        ((int)response["usage"]!["total_tokens"]!).ShouldBe(220);
        ((string?)response["tools"]![0]!["type"]).ShouldBe("mcp");
    }

    [Fact]
    public async Task A_stream_tells_each_step()
    {
        await using var chat = ToolChat.On(shared, Calls, Answer);

        using var response = await chat.PostAsync(Body("\"input\":\"A keyboard?\",\"stream\":true"), path: "/v1/responses");
        var events = ResponseStreams.ShouldBeResponseStream(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        ResponseStreams.OrderOf(events).ShouldBe(
        [
            "created", "in_progress",
            "output_item.added", "mcp_list_tools.in_progress", "mcp_list_tools.completed", "output_item.done",
            "output_item.added", "content_part.added", "output_text.delta", "output_text.done", "content_part.done", "output_item.done",
            "output_item.added", "mcp_call.in_progress", "mcp_call_arguments.delta", "mcp_call_arguments.done", "mcp_call.completed", "output_item.done",
            "output_item.added", "content_part.added", "output_text.delta", "output_text.done", "content_part.done", "output_item.done",
            "completed",
        ]);
    }

    [Fact]
    public async Task A_call_that_fails_says_so()
    {
        await using var chat = ToolChat.On(shared, new ModelSays(null, ("products__get_product", "{}")), Answer);

        var call = (await CreateAsync(chat, "\"input\":\"A keyboard?\""))["output"]![1]!;

        ((string?)call["status"], (string?)call["output"]).ShouldBe(("failed", null));
        ((string?)call["error"])!.ShouldContain("catalog");
    }

    [Fact]
    public async Task No_more_tools_are_called_than_max_tool_calls_and_the_model_answers_with_what_there_is()
    {
        var calls = Enumerable.Repeat(("products__search_catalog", ToolChat.Search), 3).ToArray();
        await using var chat = ToolChat.On(shared, new ModelSays(null, calls), Answer);

        var response = await CreateAsync(chat, "\"input\":\"A keyboard?\",\"max_tool_calls\":2");

        ((int?)response["max_tool_calls"], (string?)response["status"]).ShouldBe((2, "completed"));
        var made = response["output"]!.AsArray().Where(item => (string?)item!["type"] == "mcp_call").ToList();
        made.Select(call => (string?)call!["status"]).Order().ShouldBe(["completed", "completed", "failed"]);
        ((string?)made.Single(call => (string?)call!["status"] == "failed")!["error"])!.ShouldContain("'max_tool_calls' is reached");
        ((string?)chat.Rounds[1]["tool_choice"]).ShouldBe("none");
    }

    [Fact]
    public async Task A_conversation_goes_on_from_its_calls()
    {
        await using var chat = ToolChat.On(shared, Calls, Answer, Answer);
        var first = await CreateAsync(chat, "\"input\":\"A keyboard?\"");

        await CreateAsync(chat, $"\"input\":\"And a mouse?\",\"previous_response_id\":\"{first["id"]}\"");

        var messages = chat.Rounds[2]["messages"]!.AsArray();
        messages.Select(message => (string?)message!["role"]).ShouldBe(["user", "assistant", "tool", "assistant", "user"]);
        ((string?)messages[1]!["content"]).ShouldBe("Let me look.");
        ((string?)messages[1]!["tool_calls"]![0]!["function"]!["name"]).ShouldBe("products__search_catalog");
        ((string?)messages[2]!["content"])!.ShouldContain("Keyline Slim Wireless Keyboard");
    }

    [Theory]
    [InlineData(true, "Keyline Slim Wireless Keyboard")]
    [InlineData(false, "The call was not made: the user did not allow it: too nosy")]
    public async Task A_call_waits_for_approval(bool approve, string result)
    {
        await using var chat = ToolChat.On(shared, Calls, Answer, Answer);
        var first = await CreateAsync(chat, "\"input\":\"A keyboard?\"", approval: "always");
        TypesOf(first).ShouldBe(["mcp_list_tools", "message", "mcp_approval_request"]);
        var request = first["output"]![2]!;
        ((string?)request["name"], (string?)request["arguments"]).ShouldBe(("search_catalog", ToolChat.Search));

        var input = $$"""[{"type":"mcp_approval_response","approval_request_id":"{{request["id"]}}","approve":{{(approve ? "true" : "false")}},"reason":"too nosy"}]""";
        var second = await CreateAsync(chat, $"\"input\":{input},\"previous_response_id\":\"{first["id"]}\"", approval: "always");

        TypesOf(second).ShouldBe(approve ? ["mcp_list_tools", "mcp_call", "message"] : ["mcp_list_tools", "message"]);
        var messages = chat.Rounds[1]["messages"]!.AsArray();
        messages.Select(message => (string?)message!["role"]).ShouldBe(["user", "assistant", "tool"]);
        ((string?)messages[2]!["content"])!.ShouldContain(result);

        // What was allowed once is not called again.
        await CreateAsync(chat, $"\"input\":\"Thanks\",\"previous_response_id\":\"{second["id"]}\"", approval: "always");
        chat.Rounds[2]["messages"]!.AsArray().Count(message => (string?)message!["role"] == "tool").ShouldBe(1);
    }

    [Theory]
    [InlineData("""[{"type":"mcp_approval_response","approval_request_id":"mcpr_1","approve":true}]""", "there is no mcp_approval_request of this id")]
    [InlineData("""[{"type":"mcp_call","id":"mcp_1"}]""", "'input[0].server_label'")]
    public async Task What_does_not_fit_is_refused(string input, string message)
    {
        await using var chat = ToolChat.On(shared, Answer);

        using var response = await chat.PostAsync(Body($"\"input\":{input}"), path: "/v1/responses");

        ((string?)(await ToolChat.ErrorOf(response, HttpStatusCode.BadRequest))["message"])!.ShouldContain(message);
    }

    private static async Task<JsonObject> CreateAsync(ToolChat chat, string fields, string approval = "never")
    {
        using var response = await chat.PostAsync(Body(fields, approval), path: "/v1/responses");
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return ResponseSchemas.ShouldBeResponse(body);
    }

    private static IEnumerable<string?> TypesOf(JsonObject response) => response["output"]!.AsArray().Select(item => (string?)item!["type"]);

    private static string Body(string fields, string approval = "never") =>
        $$"""{"model":"phi-3-mini",{{fields}},"tools":[{"type":"mcp","server_label":"products","server_url":"gateway/mcp/products","require_approval":"{{approval}}"}]}""";
}
