using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Tools;

/// <summary>Whatever an MCP server or a model does, the chat ends: with the reason in its transcript, or a proper error.</summary>
[Trait("Requirement", "G2.5")]
public sealed class BadServerTests
{
    private static readonly ModelSays Look = new(null, ("bad__look", "{}"));
    private static readonly ModelSays Sorry = new("Sorry.");
    private const string Bad = """{"type":"mcp","server_label":"bad","server_url":"gateway/mcp/products","require_approval":"never"}""";

    private static readonly (string, string)[] Impatient = [("Gateway:McpServers:products:TimeoutSeconds", "0.5")];

    [Fact]
    public async Task A_server_that_hangs_is_given_up()
    {
        await using var mcp = await ScriptedMcp.StartAsync((http, _) => Task.Delay(Timeout.Infinite, http.RequestAborted));

        (await ToldAsync(mcp.Endpoint, Impatient)).ShouldBe("Error: The MCP server 'products' failed: it did not answer within 0.5 s.");
    }

    [Fact]
    public async Task A_server_that_dies_in_the_middle_of_its_answer_is_told_of()
    {
        await using var mcp = await ScriptedMcp.StartAsync(async (http, _) =>
        {
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync("{\"jsonrpc\":", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            http.Abort();
        });

        (await ToldAsync(mcp.Endpoint, Impatient)).ShouldStartWith("Error: The MCP server 'products' failed: ");
    }

    [Theory]
    [InlineData("text/html", "<html>Welcome</html>")]
    [InlineData("application/json", "{}")]
    [InlineData("application/json", """{"jsonrpc":"2.0","id":99,"result":{}}""")]
    [InlineData("text/event-stream", "data: nonsense\n\n")]
    public async Task Garbage_is_told_of(string contentType, string body)
    {
        await using var mcp = await ScriptedMcp.StartAsync((http, _) =>
        {
            http.Response.ContentType = contentType;
            return http.Response.WriteAsync(body);
        });

        (await ToldAsync(mcp.Endpoint, Impatient)).ShouldStartWith("Error: The MCP server 'products' failed: ");
    }

    [Fact]
    public async Task Ten_megabytes_are_not_read()
    {
        await using var mcp = await ScriptedMcp.SayingAsync(new string('x', 10 * 1024 * 1024));

        (await ToldAsync(mcp.Endpoint)).ShouldStartWith("Error: The MCP server 'products' failed: ");
    }

    [Fact]
    public async Task A_long_result_is_cut_and_said_to_be()
    {
        await using var mcp = await ScriptedMcp.SayingAsync(string.Concat(Enumerable.Repeat("é€😀 ", 20_000)));

        var told = await ToldAsync(mcp.Endpoint, ("Gateway:ToolLoop:MaxResultBytes", "1000"));

        Encoding.UTF8.GetByteCount(told).ShouldBeInRange(950, 1000);
        told.ShouldEndWith("[The rest was left out: it is too long.]");
    }

    [Fact]
    public async Task An_error_of_the_tool_is_its_result()
    {
        await using var mcp = await ScriptedMcp.StartAsync((http, request) =>
            ScriptedMcp.ResultAsync(http, request, JsonNode.Parse("""{"isError":true,"content":[{"type":"text","text":"min is above max"}]}""")!));

        (await ToldAsync(mcp.Endpoint)).ShouldBe("min is above max");
    }

    [Fact]
    public async Task Pictures_alone_are_named()
    {
        await using var mcp = await ScriptedMcp.StartAsync((http, request) =>
            ScriptedMcp.ResultAsync(http, request, JsonNode.Parse("""{"content":[{"type":"image","data":"AAAA","mimeType":"image/png"}]}""")!));

        (await ToldAsync(mcp.Endpoint)).ShouldBe("[The tool's result holds no text.]");
    }

    [Theory]
    [InlineData("bad__look", "not json", "Error: the tool was not called: its arguments are no JSON object.")]
    [InlineData("bad__look", "[1]", "Error: the tool was not called: its arguments are no JSON object.")]
    [InlineData("bad__buy", "{}", "Error: the tool was not called: there is no tool of this name; there are: bad__look, bad__order.")]
    public async Task A_call_of_nothing_is_answered_here(string name, string arguments, string told)
    {
        await using var mcp = await ScriptedMcp.SayingAsync("never");

        (await ToldAsync(mcp.Endpoint, new ModelSays(null, (name, arguments)))).ShouldBe(told);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_an_error_before_the_model_is_called()
    {
        await using var chat = await ToolChat.StartAsync(new Uri("http://127.0.0.1:1/mcp"), [Sorry]);

        using var response = await chat.PostAsync(ToolChat.Body());

        var error = await ToolChat.ErrorOf(response, HttpStatusCode.BadGateway);
        ((string?)error["code"], (string?)error["param"]).ShouldBe(("mcp_server_error", "tools[0]"));
        ((string?)error["message"]).ShouldBe("The MCP server 'products' failed: it cannot be reached.");
        chat.Rounds.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_model_that_calls_for_ever_is_left_to_answer()
    {
        await using var mcp = await ScriptedMcp.SayingAsync("again");
        await using var chat = await ToolChat.StartAsync(mcp.Endpoint, [Look], ("Gateway:ToolLoop:MaxRounds", "3"));

        var reply = await chat.ChatAsync(tools: Bad, details: true);

        ((string?)reply["choices"]![0]!["finish_reason"]).ShouldBe("length");
        ((string?)reply["gateway"]!["stopped"]).ShouldBe("rounds");
        chat.Rounds.Count.ShouldBe(3);
        chat.Rounds.Select(round => (string?)round["tool_choice"]).ShouldBe([null, null, "none"]);
    }

    [Theory]
    [InlineData("Gateway:ToolLoop:MaxTokens", "100", "the limit of tokens is reached")]
    [InlineData("Gateway:ToolLoop:MaxCostUsd", "0.0001", "the limit of cost is reached")]
    public async Task At_a_bound_the_model_answers_with_what_there_is(string key, string value, string reason)
    {
        await using var mcp = await ScriptedMcp.SayingAsync("never");
        await using var chat = await ToolChat.StartAsync(mcp.Endpoint, [Look, Sorry], (key, value), ("Gateway:Prices:local/microsoft/Phi-3-mini-4k-instruct:Input", "10"), ("Gateway:Prices:local/microsoft/Phi-3-mini-4k-instruct:Output", "10"));

        var reply = await chat.ChatAsync(tools: Bad);

        ((string?)reply["choices"]![0]!["message"]!["content"]).ShouldBe("Sorry.");
        ((string?)chat.Rounds[1]["messages"]!.AsArray()[^1]!["content"]).ShouldBe($"Error: the tool was not called: {reason}.");
        ((string?)chat.Rounds[1]["tool_choice"]).ShouldBe("none");
    }

    [Fact]
    public async Task More_calls_at_once_than_allowed_are_not_made()
    {
        await using var mcp = await ScriptedMcp.SayingAsync("seen");
        var three = new ModelSays(null, [.. Enumerable.Repeat(("bad__look", "{}"), 3)]);
        await using var chat = await ToolChat.StartAsync(mcp.Endpoint, [three, Sorry], ("Gateway:ToolLoop:MaxCallsPerRound", "2"));

        await chat.ChatAsync(tools: Bad);

        chat.Rounds[1]["messages"]!.AsArray().TakeLast(3).Select(message => (string?)message!["content"]).ShouldBe(["seen", "seen", "Error: the tool was not called: no more than 2 tools are called at once."]);
    }

    [Fact]
    public async Task A_call_that_the_limit_of_tokens_has_cut_is_not_made()
    {
        await using var mcp = await ScriptedMcp.SayingAsync("never");
        await using var chat = await ToolChat.StartAsync(mcp.Endpoint, [new ModelSays("I", ("bad__look", "{\"a\":")) { FinishReason = "length" }]);

        var reply = await chat.ChatAsync(tools: Bad);

        ((string?)reply["choices"]![0]!["finish_reason"]).ShouldBe("length");
        chat.Rounds.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_model_that_fails_in_a_later_round_fails_the_request()
    {
        await using var mcp = await ScriptedMcp.SayingAsync("seen");
        await using var chat = await ToolChat.StartAsync(mcp.Endpoint, [Look, Failing()]);

        using var response = await chat.PostAsync(ToolChat.Body(tools: Bad));

        await ToolChat.ErrorOf(response, HttpStatusCode.BadGateway);
    }

    [Fact]
    public async Task A_model_that_fails_in_a_later_round_ends_the_stream_with_an_error()
    {
        await using var mcp = await ScriptedMcp.SayingAsync("seen");
        await using var chat = await ToolChat.StartAsync(mcp.Endpoint, [Look, Failing()]);

        var frames = await chat.StreamAsync(tools: Bad);

        frames[^1].ShouldStartWith("data: {\"error\":");
        frames.ShouldNotContain("data: [DONE]");
    }

    [Fact]
    public async Task Only_tools_that_read_run_by_themselves_unless_allowed()
    {
        await using var mcp = await ScriptedMcp.SayingAsync("ordered");
        var order = new ModelSays(null, ("bad__order", "{}"));

        await using (var careful = await ToolChat.StartAsync(mcp.Endpoint, [order, Sorry]))
        {
            ((string?)(await careful.ChatAsync(tools: Bad))["choices"]![0]!["finish_reason"]).ShouldBe("tool_calls");
        }

        await using var allowed = await ToolChat.StartAsync(mcp.Endpoint, [order, Sorry], ("Gateway:McpServers:products:ReadOnly", "false"));
        ((string?)(await allowed.ChatAsync(tools: Bad))["choices"]![0]!["message"]!["content"]).ShouldBe("Sorry.");
    }

    [Fact]
    public async Task The_list_of_tools_is_asked_for_once()
    {
        await using var mcp = await ScriptedMcp.SayingAsync("seen");
        await using var chat = await ToolChat.StartAsync(mcp.Endpoint, [Sorry], ("Gateway:McpServers:products:ForwardCallerKey", "false"));

        await chat.ChatAsync(tools: Bad);
        await chat.ChatAsync(tools: Bad);

        mcp.Lists.ShouldBe(1);
    }

    private static ModelSays Failing() => new(null)
    {
        Before = async http =>
        {
            http.Response.StatusCode = 500;
            await http.Response.WriteAsync("{\"error\":{\"message\":\"out of memory\"}}");
            return true;
        },
    };

    private static Task<string> ToldAsync(Uri mcp, params (string, string)[] settings) => ToldAsync(mcp, Look, settings);

    /// <summary>What the model is told of its call.</summary>
    private static async Task<string> ToldAsync(Uri mcp, ModelSays call, params (string, string)[] settings)
    {
        await using var chat = await ToolChat.StartAsync(mcp, [call, Sorry], settings);

        var reply = await chat.ChatAsync(tools: Bad);

        ((string?)reply["choices"]![0]!["message"]!["content"]).ShouldBe("Sorry.");
        return (string)chat.Rounds[1]["messages"]!.AsArray()[^1]!["content"]!;
    }
}
