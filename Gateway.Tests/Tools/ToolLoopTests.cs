using System.Net;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Gateway.Tests.Schemas;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Tools;

/// <summary>Chats whose tools the gateway calls, on the real product server.</summary>
[Trait("Requirement", "G2.5")]
public sealed class ToolLoopTests(ToolGateway shared)
{
    private static readonly ModelSays Calls = new("Let me look.", ("products__search_catalog", ToolChat.Search));
    private static readonly ModelSays Answer = new("Take the Keyline Slim.");

    [Fact]
    public async Task A_tool_is_called_and_its_result_answered()
    {
        await using var chat = ToolChat.On(shared, Calls, Answer);

        using var response = await chat.PostAsync(ToolChat.Body());
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        OpenAISchemas.ShouldBeChatCompletion(body);
        var reply = JsonNode.Parse(body)!;
        ((string?)reply["choices"]![0]!["message"]!["content"]).ShouldBe("Let me look.\n\nTake the Keyline Slim.");
        ((string?)reply["choices"]![0]!["finish_reason"]).ShouldBe("stop");
        ((string?)reply["system_fingerprint"]).ShouldBe("fp-1");
        ((int)reply["usage"]!["total_tokens"]!).ShouldBe(220);
        ((int)reply["usage"]!["prompt_tokens_details"]!["cached_tokens"]!).ShouldBe(80);
        reply["gateway"].ShouldBeNull();
        response.Headers.GetValues("x-gateway-attempts").ShouldBe(["2"]);
        response.Headers.GetValues("x-gateway-target").ShouldBe([$"local/{SimulatedGateway.ServedChatModel}"]);

        var (first, second) = (chat.Rounds[0], chat.Rounds[1]);
        first["tools"]!.AsArray().Select(tool => (string?)tool!["function"]!["name"]).ShouldBe(
            ["products__search_catalog", "products__lookup_catalog", "products__get_product", "products__list_categories"], ignoreOrder: true);
        first.ToJsonString().ShouldNotContain("\"mcp\"");
        var messages = second["messages"]!.AsArray();
        messages.Select(message => (string?)message!["role"]).ShouldBe(["system", "user", "assistant", "tool"]);
        ((string?)messages[2]!["content"]).ShouldBe("Let me look.");
        ((string?)messages[2]!["tool_calls"]![0]!["function"]!["arguments"]).ShouldBe(ToolChat.Search);
        ((string?)messages[3]!["tool_call_id"]).ShouldBe("call_0");
        ((string?)messages[3]!["content"])!.ShouldContain("Keyline Slim Wireless Keyboard");
    }

    [Fact]
    public async Task A_stream_tells_text_as_it_comes_and_calls_as_comments()
    {
        await using var chat = ToolChat.On(shared, Calls, Answer);

        var frames = await chat.StreamAsync("\"stream_options\":{\"include_usage\":true}", details: true);

        frames.Where(frame => frame.StartsWith(':')).ShouldBe(
        [
            """: gateway-tool {"server":"products","tool":"search_catalog","state":"started"}""",
            """: gateway-tool {"server":"products","tool":"search_catalog","state":"done"}""",
        ]);
        frames.IndexOf(frames.First(frame => frame.Contains("look.", StringComparison.Ordinal))).ShouldBeLessThan(frames.FindIndex(frame => frame.Contains("started", StringComparison.Ordinal)));
        ToolChat.TextOf(frames).ShouldBe("Let me look. \n\nTake the Keyline Slim. ");
        ToolChat.ChunksOf(frames).Select(chunk => (string?)chunk["system_fingerprint"]).Distinct().ShouldBe(["fp-1"]);
        frames[^1].ShouldBe("data: [DONE]");
        var chunks = ToolChat.ChunksOf(frames).ToList();
        chunks.Select(chunk => (string?)chunk["id"]).Distinct().Count().ShouldBe(1);
        chunks.Count(chunk => chunk["choices"]!.AsArray().FirstOrDefault()?["finish_reason"] is not null).ShouldBe(1);
        ((int)chunks[^1]["usage"]!["total_tokens"]!).ShouldBe(220);
        var gateway = chunks[^1]["gateway"]!;
        ((int)gateway["rounds"]!).ShouldBe(2);
        var call = gateway["tool_calls"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)call["server"], (string?)call["tool"], call["arguments"]!.ToJsonString()).ShouldBe(("products", "search_catalog", ToolChat.Search));
        ((double)call["duration_ms"]!).ShouldBeGreaterThan(0);
        call["error"].ShouldBeNull();
        gateway["products"]!.AsArray().ShouldHaveSingleItem()!.ToJsonString().ShouldBe(
            """{"id":"kb-1","title":"Keyline Slim Wireless Keyboard","price":49.99,"currency":"USD","available":true,"url":null}""");
    }

    [Fact]
    public async Task The_details_come_with_a_whole_reply_too()
    {
        await using var chat = ToolChat.On(shared, Calls, Answer);

        var reply = await chat.ChatAsync(details: true);

        ((string?)reply["gateway"]!["cost_usd"]).ShouldBe("0");
        ((string?)reply["gateway"]!["products"]![0]!["id"]).ShouldBe("kb-1");
    }

    [Fact]
    public async Task Several_calls_are_made_at_once_and_answered_in_their_order()
    {
        var both = new ModelSays(null, ("products__get_product", """{"catalog":{"id":"kb-1"}}"""), ("products__get_product", """{"catalog":{"id":"ms-1"}}"""));
        await using var chat = ToolChat.On(shared, both, Answer);

        await chat.ChatAsync();

        var results = chat.Rounds[1]["messages"]!.AsArray().Where(message => (string?)message!["role"] == "tool").Select(message => (string)message!["content"]!).ToList();
        results.Count.ShouldBe(2);
        results[0].ShouldStartWith("Keyline Slim Wireless Keyboard");
        results[1].ShouldStartWith("Norden Wireless Mouse");
    }

    [Theory]
    [InlineData("""{"type":"mcp","server_label":"products","server_url":"gateway/mcp/products"}""")]
    [InlineData("""{"type":"mcp","server_label":"products","require_approval":"always"}""")]
    [InlineData("""{"type":"mcp","server_label":"products","require_approval":{"never":{"tool_names":["get_product"]}}}""")]
    public async Task A_call_that_takes_approval_goes_back_to_the_caller(string tool)
    {
        await using var chat = ToolChat.On(shared, Calls, Answer);

        var reply = await chat.ChatAsync(tools: tool);

        ((string?)reply["choices"]![0]!["finish_reason"]).ShouldBe("tool_calls");
        reply["choices"]![0]!["message"]!["tool_calls"]![0]!["function"]!.ToJsonString().ShouldBe(
            new JsonObject { ["name"] = "products__search_catalog", ["arguments"] = ToolChat.Search }.ToJsonString());
        chat.Rounds.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_callers_functions_go_back_and_the_servers_tools_are_called_beside_them()
    {
        var both = new ModelSays(null, ("products__search_catalog", ToolChat.Search), ("add_to_cart", """{"id":"kb-1"}"""));
        await using var chat = ToolChat.On(shared, both, Answer);

        var reply = await chat.ChatAsync(tools: ToolChat.Products + """,{"type":"function","function":{"name":"add_to_cart","parameters":{"type":"object"}}}""", details: true);

        ((string?)reply["choices"]![0]!["finish_reason"]).ShouldBe("tool_calls");
        ((string?)reply["choices"]![0]!["message"]!["tool_calls"]!.AsArray().ShouldHaveSingleItem()!["function"]!["name"]).ShouldBe("add_to_cart");
        reply["gateway"]!["tool_calls"]!.AsArray().ShouldHaveSingleItem();
        chat.Rounds.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_choice_that_forces_a_call_forces_only_the_first()
    {
        await using var chat = ToolChat.On(shared, Calls, Answer);

        await chat.ChatAsync(""" "tool_choice":{"type":"mcp","server_label":"products","name":"search_catalog"} """);

        chat.Rounds[0]["tool_choice"]!.ToJsonString().ShouldBe("""{"type":"function","function":{"name":"products__search_catalog"}}""");
        ((string?)chat.Rounds[1]["tool_choice"]).ShouldBe("auto");
    }

    [Theory]
    [InlineData("""{"type":"mcp","server_label":"x","server_url":"https://evil.example/mcp"}""", "'https://evil.example/mcp', which is no server of this gateway; registered: gateway/mcp/careless, gateway/mcp/impatient, gateway/mcp/products, gateway/mcp/scripted")]
    [InlineData("""{"type":"mcp","server_label":"other"}""", "'other', which is no server of this gateway; registered: gateway/mcp/careless, gateway/mcp/impatient, gateway/mcp/products, gateway/mcp/scripted")]
    [InlineData("""{"type":"mcp","server_url":"gateway/mcp/products"}""", "'tools[0].server_label'")]
    [InlineData("""{"type":"mcp","server_label":"a b","server_url":"gateway/mcp/products"}""", "must be 1 to 32 letters")]
    [InlineData("""{"type":"mcp","server_label":"products","allowed_tools":["buy"]}""", "'buy'; the server 'products' has: search_catalog")]
    [InlineData("""{"type":"mcp","server_label":"products","allowed_tools":3}""", "expected a list of names")]
    [InlineData("""{"type":"mcp","server_label":"products","require_approval":"sometimes"}""", "require_approval")]
    [InlineData("""{"type":"mcp","server_label":"products","headers":{"x":"y"}}""", "'tools[0].headers' is not supported")]
    [InlineData("""{"type":"mcp","server_label":"products"},{"type":"mcp","server_label":"products"}""", "which another server has already")]
    [InlineData("""{"type":"mcp","server_label":"products"},{"type":"function","function":{"name":"products__get_product"}}""", "give one of them another name")]
    public async Task A_request_at_fault_is_refused_in_words(string tools, string message)
    {
        await using var chat = ToolChat.On(shared, Answer);

        using var response = await chat.PostAsync(ToolChat.Body(tools: tools));

        ((string?)(await ToolChat.ErrorOf(response, HttpStatusCode.BadRequest))["message"])!.ShouldContain(message);
        chat.Rounds.ShouldBeEmpty();
    }

    [Fact]
    public async Task Several_choices_are_refused()
    {
        await using var chat = ToolChat.On(shared, Answer);

        using var response = await chat.PostAsync(ToolChat.Body("\"n\":2"));

        ((string?)(await ToolChat.ErrorOf(response, HttpStatusCode.BadRequest))["param"]).ShouldBe("n");
    }

    [Fact]
    public async Task A_model_that_cannot_call_tools_is_said_to_be_one()
    {
        await using var chat = ToolChat.On(shared, Answer);

        using var response = await chat.PostAsync(ToolChat.Body(model: "toolless"));

        var error = await ToolChat.ErrorOf(response, HttpStatusCode.BadRequest);
        ((string?)error["code"]).ShouldBe("tools_not_supported");
        ((string?)error["message"])!.ShouldContain("product_context");
        chat.Rounds.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_chat_that_only_speaks_of_it_keeps_its_bytes()
    {
        await using var chat = ToolChat.On(shared, Answer);
        const string Body = """{"model":"phi-3-mini","messages":[{"role":"user","content":"What is \"mcp\"?"}],"metadata":{"type":"mcp"}}""";

        using var response = await chat.PostAsync(Body);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        chat.Rounds[0]["metadata"]!.ToJsonString().ShouldBe("""{"type":"mcp"}""");
    }
}
