using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Tools;

/// <summary>Whose key may have what called, and whose key a server gets to see.</summary>
[Trait("Requirement", "G2.1")]
public sealed class ToolGrantTests(ToolGateway shared)
{
    private static readonly ModelSays Answer = new("Done.");

    [Theory]
    [InlineData("products", 4)]
    [InlineData("products/get_product", 1)]
    public async Task A_key_gets_the_tools_that_it_names(string grant, int count)
    {
        using var caller = await CallerAsync(grant);
        await using var chat = ToolChat.On(shared, Answer);

        using var response = await chat.PostAsync(ToolChat.Body(), caller);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        chat.Rounds.ShouldHaveSingleItem()["tools"]!.AsArray().Count.ShouldBe(count);
    }

    [Theory]
    [InlineData(ToolChat.Products, "")]
    [InlineData("""{"type":"function","function":{"name":"f"}}""", "\"product_context\":{}")]
    public async Task A_key_that_names_others_gets_none(string tools, string fields)
    {
        using var caller = await CallerAsync("scripted");
        await using var chat = ToolChat.On(shared, Answer);

        using var response = await chat.PostAsync(ToolChat.Body(fields, tools), caller);

        ((string?)(await ToolChat.ErrorOf(response, HttpStatusCode.Forbidden))["code"]).ShouldBe("tools_not_allowed");
        chat.Rounds.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_shows_what_it_may_have_called()
    {
        using var admin = shared.Gateway.AdminClient();

        using var response = await admin.PostAsJsonAsync("/admin/keys", new { name = "shop", tools = new[] { "products/get_product" } }, TestContext.Current.CancellationToken);

        (await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["tools"]!.ToJsonString().ShouldBe("""["products/get_product"]""");
    }

    [Theory]
    [InlineData("ForwardCallerKey", "true", null)]
    [InlineData("ApiKey", "env:MCP_KEY", "Bearer secret-of-the-server")]
    [InlineData("ForwardCallerKey", "false", "")]
    public async Task A_server_is_sent_the_key_of_each_caller_only_where_it_is_said_to(string option, string value, string? sent)
    {
        var seen = new ConcurrentQueue<string>();
        await using var mcp = await ScriptedMcp.StartAsync((http, request) =>
        {
            seen.Enqueue(http.Request.Headers.Authorization.ToString());
            return ScriptedMcp.Says("ok")(http, request);
        });
        ModelSays[] rounds = [new(null, ("products__look", "{}")), Answer, new(null, ("products__look", "{}")), Answer];
        await using var chat = await ToolChat.StartAsync(mcp.Endpoint, rounds, ("Gateway:McpServers:products:ForwardCallerKey", "false"), ($"Gateway:McpServers:products:{option}", value), ("MCP_KEY", "secret-of-the-server"));
        string[] keys = [await chat.Gateway.CreateKeyAsync(), await chat.Gateway.CreateKeyAsync()];
        foreach (var key in keys)
        {
            using var caller = chat.Gateway.ClientWith(key);
            using var response = await chat.PostAsync(ToolChat.Body(), caller);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        seen.ShouldBe(keys.Select(key => sent ?? $"Bearer {key}"));
    }

    private async Task<HttpClient> CallerAsync(string grant) => shared.Gateway.ClientWith(await shared.Gateway.CreateKeyAsync(new { name = "granted", tools = new[] { grant } }));
}
