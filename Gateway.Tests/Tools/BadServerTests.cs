using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Tools;

/// <summary>Whatever an MCP server does, the chat ends: with the reason in its transcript, or a proper error.</summary>
[Trait("Requirement", "G2.5")]
public sealed class BadServerTests(ToolGateway shared)
{
    private const string Failed = "Error: The MCP server 'impatient' failed: ";

    private static readonly ModelSays Sorry = new("Sorry.");

    [Fact]
    public async Task A_server_that_hangs_is_given_up() =>
        (await ToldAsync((http, _) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted), "impatient")).ShouldBe($"{Failed}it did not answer within 1 s.");

    [Fact]
    public async Task A_server_that_dies_in_the_middle_of_its_answer_is_told_of()
    {
        var told = await ToldAsync(
            async (http, _) =>
            {
                http.Response.ContentType = "application/json";
                await http.Response.WriteAsync("{\"jsonrpc\":", http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
                http.Abort();
            },
            "impatient");

        told.ShouldStartWith(Failed);
    }

    [Theory]
    [InlineData("text/html", "<html>Welcome</html>")]
    [InlineData("application/json", "{}")]
    [InlineData("application/json", """{"jsonrpc":"2.0","id":99,"result":{}}""")]
    [InlineData("text/event-stream", "data: nonsense\n\n")]
    public async Task Garbage_is_told_of(string contentType, string body)
    {
        var told = await ToldAsync(
            (http, _) =>
            {
                http.Response.ContentType = contentType;
                return http.Response.WriteAsync(body, http.RequestAborted);
            },
            "impatient");

        told.ShouldStartWith(Failed);
    }

    [Fact]
    public async Task Ten_megabytes_are_not_read() =>
        (await ToldAsync(ScriptedMcp.Says(new string('x', 10 * 1024 * 1024)), "impatient")).ShouldStartWith(Failed);

    [Fact]
    public async Task A_long_result_is_cut_and_said_to_be()
    {
        var told = await ToldAsync(ScriptedMcp.Says(string.Concat(Enumerable.Repeat("é€😀 ", 20_000))));

        Encoding.UTF8.GetByteCount(told).ShouldBeInRange((32 * 1024) - 10, 32 * 1024);
        told.ShouldEndWith("[The rest was left out: it is too long.]");
    }

    [Fact]
    public async Task An_error_of_the_tool_is_its_result() =>
        (await ToldAsync(Answers("""{"isError":true,"content":[{"type":"text","text":"min is above max"}]}"""))).ShouldBe("min is above max");

    [Fact]
    public async Task Pictures_alone_are_named() =>
        (await ToldAsync(Answers("""{"content":[{"type":"image","data":"AAAA","mimeType":"image/png"}]}"""))).ShouldBe("[The tool's result holds no text.]");

    [Fact]
    public async Task Data_without_text_is_the_result() =>
        (await ToldAsync(Answers("""{"content":[],"structuredContent":{"sum":3}}"""))).ShouldBe("""{"sum":3}""");

    [Fact]
    public async Task A_server_that_no_longer_knows_its_client_is_connected_to_again()
    {
        var calls = 0;
        await using var mcp = await ScriptedMcp.StartAsync((http, request) =>
        {
            http.Response.StatusCode = Interlocked.Increment(ref calls) == 1 ? 404 : 200;
            return calls == 1 ? Task.CompletedTask : ScriptedMcp.Says("here again")(http, request);
        });
        var look = new ModelSays(null, ("products__look", "{}"));
        await using var chat = await ToolChat.StartAsync(mcp.Endpoint, [look, Sorry, look, Sorry]);

        await chat.ChatAsync();
        await chat.ChatAsync();

        ((string?)chat.Rounds[1]["messages"]!.AsArray()[^1]!["content"])!.ShouldStartWith("Error: The MCP server 'products' failed: ");
        ((string?)chat.Rounds[3]["messages"]!.AsArray()[^1]!["content"]).ShouldBe("here again");
        mcp.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task Whoever_leaves_ends_the_call()
    {
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var arguments = shared.ScriptTool(async (http, _) =>
        {
            using var leaving = http.RequestAborted.Register(left.SetResult);
            await left.Task;
        });
        await using var chat = ToolChat.On(shared, new ModelSays(null, ("scripted__look", arguments)), Sorry);

        using (var response = await chat.PostAsync(ToolChat.Body("\"stream\":true", ScriptedMcp.Tool())))
        {
            using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
            while (await lines.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("started", StringComparison.Ordinal))
            {
            }
        }

        await left.Task.WaitAsync(TestContext.Current.CancellationToken);
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
    public async Task Only_tools_that_read_run_by_themselves_unless_allowed()
    {
        var arguments = shared.ScriptTool(ScriptedMcp.Says("ordered"));
        await using var careful = ToolChat.On(shared, new ModelSays(null, ("scripted__order", arguments)), Sorry);
        await using var careless = ToolChat.On(shared, new ModelSays(null, ("careless__order", arguments)), Sorry);

        ((string?)(await careful.ChatAsync(tools: ScriptedMcp.Tool()))["choices"]![0]!["finish_reason"]).ShouldBe("tool_calls");
        ((string?)(await careless.ChatAsync(tools: ScriptedMcp.Tool("careless")))["choices"]![0]!["message"]!["content"]).ShouldBe("Sorry.");
    }

    [Fact]
    public async Task The_list_of_tools_is_asked_for_once()
    {
        await using var mcp = await ScriptedMcp.SayingAsync("seen");
        await using var chat = await ToolChat.StartAsync(mcp.Endpoint, [Sorry]);

        await chat.ChatAsync();
        await chat.ChatAsync();

        mcp.Lists.ShouldBe(1);
    }

    private static Func<HttpContext, JsonNode, Task> Answers(string result) => (http, request) => ScriptedMcp.ResultAsync(http, request, JsonNode.Parse(result)!);

    /// <summary>What the model is told of its call.</summary>
    private async Task<string> ToldAsync(Func<HttpContext, JsonNode, Task> tool, string server = "scripted")
    {
        await using var chat = ToolChat.On(shared, new ModelSays(null, ($"{server}__look", shared.ScriptTool(tool))), Sorry);

        var reply = await chat.ChatAsync(tools: ScriptedMcp.Tool(server));

        ((string?)reply["choices"]![0]!["message"]!["content"]).ShouldBe("Sorry.");
        return (string)chat.Rounds[1]["messages"]!.AsArray()[^1]!["content"]!;
    }
}
