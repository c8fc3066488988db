using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Mcp;

/// <summary>What the HTTP binding checks before a message gets to the server, and what it makes of the server's answer.</summary>
public sealed class HttpBindingTests(SharedConformanceHost shared) : IClassFixture<SharedConformanceHost>
{
    private const string Newest = "2026-07-28";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2024-11-05")]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    public async Task Every_revision_with_a_handshake_is_spoken(string version)
    {
        var reply = await SendAsync($$"""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"{{version}}","capabilities":{},"clientInfo":{"name":"test","version":"1"} } }""");
        reply.Status.ShouldBe(HttpStatusCode.OK);
        reply.Json!["result"]!["protocolVersion"]!.GetValue<string>().ShouldBe(version);
        reply.Headers.Contains("Mcp-Session-Id").ShouldBeFalse();

        var list = await SendAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/list"}""", ("MCP-Protocol-Version", version), ("Mcp-Session-Id", "of another server"));
        list.Json!["result"]!["tools"]!.AsArray().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Without_a_version_the_oldest_way_is_spoken() =>
        (await SendAsync("""{"jsonrpc":"2.0","id":"a","method":"tools/list"}""")).Json!["id"]!.GetValue<string>().ShouldBe("a");

    [Fact]
    public async Task A_notification_has_no_answer()
    {
        var reply = await SendAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", ("MCP-Protocol-Version", "2025-11-25"));
        (reply.Status, reply.Json).ShouldBe((HttpStatusCode.Accepted, null));
    }

    [Fact]
    public async Task Results_of_the_newest_revision_say_how_long_they_hold()
    {
        var reply = await SendAsync(Newest, "tools/list", "{}");
        reply.Json!["result"]!["ttlMs"].ShouldNotBeNull();
        reply.Json["result"]!["cacheScope"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData("text/plain", "application/json, text/event-stream", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", "application/json", HttpStatusCode.NotAcceptable)]
    [InlineData("application/json", "text/event-stream", HttpStatusCode.NotAcceptable)]
    [InlineData("application/json", "text/event-stream, application/json;q=0", HttpStatusCode.NotAcceptable)]
    [InlineData("application/json", "*/*", HttpStatusCode.OK)]
    [InlineData("application/json; charset=utf-8", "application/json, text/event-stream;q=0.5", HttpStatusCode.OK)]
    public async Task What_is_sent_and_taken_is_JSON_and_a_stream_of_events(string content, string accept, HttpStatusCode expected)
    {
        using var request = Request("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
        request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(content);
        request.Headers.Remove("Accept");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        (await SendAsync(request)).Status.ShouldBe(expected);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"id":1,"method":"tools/list"}""")]
    public async Task What_is_no_message_is_refused(string body)
    {
        var reply = await SendAsync(body);
        reply.Status.ShouldBe(HttpStatusCode.BadRequest);
        reply.Code.ShouldBe(-32700);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/list"}""", """["2026-07-28","2025-11-25","2025-06-18","2025-03-26","2024-11-05"]""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"1999-01-01"}}}""", """["2026-07-28"]""")]
    public async Task A_version_that_is_not_known_is_refused_with_those_that_would_do(string body, string supported)
    {
        var reply = await SendAsync(body, ("MCP-Protocol-Version", "1999-01-01"));
        reply.Status.ShouldBe(HttpStatusCode.BadRequest);
        reply.Code.ShouldBe(-32022);
        reply.Json!["id"]!.GetValue<int>().ShouldBe(7);
        reply.Json["error"]!["data"]!.ToJsonString().ShouldBe($$"""{"supported":{{supported}},"requested":"1999-01-01"}""");
    }

    [Theory]
    [InlineData("tools/list", "tools/list", null, null, "{}", 0)]
    [InlineData("tools/list", null, null, null, "{}", -32020)]
    [InlineData("tools/list", "prompts/list", null, null, "{}", -32020)]
    [InlineData("tools/list", "Tools/List", null, null, "{}", -32020)]
    [InlineData("tools/list", "tools/list", null, "2025-11-25", "{}", -32020)]
    [InlineData("tools/call", "tools/call", "test_simple_text", null, """{"name":"test_simple_text"}""", 0)]
    [InlineData("tools/call", "tools/call", "=?base64?dGVzdF9zaW1wbGVfdGV4dA==?=", null, """{"name":"test_simple_text"}""", 0)]
    [InlineData("tools/call", "tools/call", "=?base64?not base64?=", null, """{"name":"test_simple_text"}""", -32020)]
    [InlineData("tools/call", "tools/call", "another", null, """{"name":"test_simple_text"}""", -32020)]
    [InlineData("tools/call", "tools/call", null, null, """{"name":"test_simple_text"}""", -32020)]
    [InlineData("prompts/get", "prompts/get", "another", null, """{"name":"test_simple_prompt"}""", -32020)]
    [InlineData("resources/read", "resources/read", "test://another", null, """{"uri":"test://static-text"}""", -32020)]
    public async Task Headers_of_the_newest_revision_say_what_the_message_says(string method, string? header, string? name, string? version, string parameters, int code)
    {
        var body = BodyOf(Newest, method, parameters);
        (string, string)[] headers = [("MCP-Protocol-Version", version ?? Newest), .. header is null ? [] : new[] { ("Mcp-Method", header) }, .. name is null ? [] : new[] { ("Mcp-Name", name) }];
        var reply = await SendAsync(body, headers);
        (reply.Status, reply.Code).ShouldBe(code == 0 ? (HttpStatusCode.OK, 0) : (HttpStatusCode.BadRequest, code));
    }

    [Fact]
    public async Task The_newest_revision_is_said_in_the_header_too()
    {
        var reply = await SendAsync(BodyOf(Newest, "tools/list", "{}"), ("Mcp-Method", "tools/list"));
        (reply.Status, reply.Code).ShouldBe((HttpStatusCode.BadRequest, -32020));
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/list"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/clientCapabilities":{}}}}""")]
    public async Task Requests_of_the_newest_revision_stand_for_themselves(string body)
    {
        var reply = await SendAsync(body, ("MCP-Protocol-Version", Newest), ("Mcp-Method", "tools/list"));
        (reply.Status, reply.Code).ShouldBe((HttpStatusCode.BadRequest, -32602));
    }

    [Theory]
    [InlineData("initialize")]
    [InlineData("ping")]
    [InlineData("logging/setLevel")]
    [InlineData("resources/subscribe")]
    [InlineData("no/such")]
    public async Task Methods_that_are_no_more_are_not_found(string method)
    {
        var reply = await SendAsync(Newest, method, "{}");
        (reply.Status, reply.Code).ShouldBe((HttpStatusCode.NotFound, -32601));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    [InlineData("PUT")]
    public async Task Nothing_but_POST_is_taken(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), shared.Host.Endpoint);
        using var response = await shared.Host.Http.SendAsync(request, Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        response.Content.Headers.Allow.ShouldBe(["POST"]);
    }

    [Theory]
    [InlineData("localhost", null, HttpStatusCode.OK)]
    [InlineData("[::1]:8081", null, HttpStatusCode.OK)]
    [InlineData("evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("localhost.evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("localhost", "http://localhost:3000", HttpStatusCode.OK)]
    [InlineData("localhost", "http://127.0.0.1", HttpStatusCode.OK)]
    [InlineData("localhost", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("localhost", "null", HttpStatusCode.Forbidden)]
    public async Task Pages_of_elsewhere_do_not_get_in(string host, string? origin, HttpStatusCode expected) =>
        (await SendAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", [("Host", host), .. origin is null ? [] : new[] { ("Origin", origin) }])).Status.ShouldBe(expected);

    [Fact]
    public async Task Hosts_that_are_listed_are_served_to_their_own_pages()
    {
        await using var host = await ConformanceHost.StartAsync(("AllowedHosts", "shop.example"));
        using var own = Request("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", ("Host", "shop.example"), ("Origin", "https://shop.example"));
        own.RequestUri = host.Endpoint;
        (await SendAsync(own)).Status.ShouldBe(HttpStatusCode.OK);

        using var foreign = Request("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", ("Host", "shop.example"), ("Origin", "https://evil.example"));
        foreign.RequestUri = host.Endpoint;
        (await SendAsync(foreign)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static string BodyOf(string version, string method, string parameters)
    {
        var all = JsonNode.Parse(parameters)!.AsObject();
        all["_meta"] = new JsonObject { ["io.modelcontextprotocol/protocolVersion"] = version, ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject() };
        return new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 7, ["method"] = method, ["params"] = all }.ToJsonString();
    }

    private Task<McpReply> SendAsync(string version, string method, string parameters) =>
        SendAsync(BodyOf(version, method, parameters), ("MCP-Protocol-Version", version), ("Mcp-Method", method));

    private async Task<McpReply> SendAsync(string body, params (string Name, string Value)[] headers)
    {
        using var request = Request(body, headers);
        return await SendAsync(request);
    }

    private async Task<McpReply> SendAsync(HttpRequestMessage request)
    {
        using var response = await shared.Host.Http.SendAsync(request, Cancel);
        return await McpReply.ReadAsync(response, Cancel);
    }

    private HttpRequestMessage Request(string body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, shared.Host.Endpoint) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }
}
