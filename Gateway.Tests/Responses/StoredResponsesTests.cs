using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Responses;

/// <summary>What is kept of a response: fetched, gone on from, listed, deleted, and seen by nobody else.</summary>
public sealed class StoredResponsesTests : IAsyncLifetime
{
    private ScriptedChat _chat = null!;

    public async ValueTask InitializeAsync() => _chat = await ScriptedChat.StartAsync(ScriptedChat.Says("Hello"), ("Gateway:Responses:MaxBytes", "8192"));

    public ValueTask DisposeAsync() => _chat.DisposeAsync();

    [Fact]
    public async Task A_stored_response_is_fetched_as_it_was_answered_until_it_is_deleted()
    {
        var made = await _chat.CreateAsync("\"input\":\"Hi\"");
        var path = $"/v1/responses/{(string?)made["id"]}";

        using var fetched = await _chat.GetAsync(path);
        using var deleted = await _chat.Caller.DeleteAsync(path, TestContext.Current.CancellationToken);
        using var gone = await _chat.GetAsync(path);
        using var goneToo = await _chat.Caller.DeleteAsync(path, TestContext.Current.CancellationToken);

        (await ScriptedChat.ResponseOf(fetched)).ToJsonString().ShouldBe(made.ToJsonString());
        (await deleted.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe($$"""{"id":"{{(string?)made["id"]}}","object":"response","deleted":true}""");
        ((string?)(await ScriptedChat.ErrorOf(gone, HttpStatusCode.NotFound))["message"]).ShouldBe($"Response with id '{(string?)made["id"]}' not found.");
        await ScriptedChat.ErrorOf(goneToo, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_streamed_response_is_stored_too()
    {
        await using var chat = await ScriptedChat.StartAsync(ScriptedChat.Stream("""{"model":"m-1","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}"""));

        var ended = (await chat.StreamAsync("\"input\":\"Hi\""))[^1]["response"]!;

        using var fetched = await chat.GetAsync($"/v1/responses/{(string?)ended["id"]}");
        (await ScriptedChat.ResponseOf(fetched)).ToJsonString().ShouldBe(ended.ToJsonString());
    }

    [Fact]
    public async Task What_is_not_to_be_stored_is_not()
    {
        var made = await _chat.CreateAsync("\"input\":\"Hi\",\"store\":false");

        using var fetched = await _chat.GetAsync($"/v1/responses/{(string?)made["id"]}");
        ((bool)made["store"]!).ShouldBeFalse();
        await ScriptedChat.ErrorOf(fetched, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_response_goes_on_from_the_ones_before_it_without_their_instructions()
    {
        var first = await _chat.CreateAsync("\"input\":\"One\",\"instructions\":\"Be brief.\"");
        var second = await _chat.CreateAsync($"\"input\":[{{\"role\":\"user\",\"content\":\"Two\"}}],\"previous_response_id\":\"{(string?)first["id"]}\"");

        var third = await _chat.CreateAsync($"\"input\":\"Three\",\"instructions\":\"Be long.\",\"previous_response_id\":\"{(string?)second["id"]}\"");

        _chat.Requests.Last()["messages"]!.ToJsonString().ShouldBe(
            """[{"role":"system","content":"Be long."},{"role":"user","content":"One"},{"role":"assistant","content":"Hello"},{"role":"user","content":"Two"},{"role":"assistant","content":"Hello"},{"role":"user","content":"Three"}]""");
        ((string?)third["previous_response_id"]).ShouldBe((string?)second["id"]);
    }

    [Fact]
    public async Task A_response_may_go_on_from_another_without_input()
    {
        var first = await _chat.CreateAsync("\"input\":\"One\"");

        await _chat.CreateAsync($"\"previous_response_id\":\"{(string?)first["id"]}\"");

        _chat.Requests.Last()["messages"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_item_is_referred_to_by_its_id()
    {
        var first = await _chat.CreateAsync("\"input\":\"One\"");
        var item = (string?)first["output"]![0]!["id"];

        await _chat.CreateAsync($"\"input\":[{{\"role\":\"user\",\"content\":\"Q\"}},{{\"type\":\"item_reference\",\"id\":\"{item}\"}},{{\"role\":\"user\",\"content\":\"R\"}}]");

        _chat.Requests.Last()["messages"]!.ToJsonString().ShouldBe("""[{"role":"user","content":"Q"},{"role":"assistant","content":"Hello"},{"role":"user","content":"R"}]""");
        using var twice = await _chat.PostAsync($$"""{"model":"phi-3-mini","previous_response_id":"{{(string?)first["id"]}}","input":[{"type":"item_reference","id":"{{item}}"}]}""");
        ((string?)(await ScriptedChat.ErrorOf(twice, HttpStatusCode.BadRequest))["message"]).ShouldStartWith("Duplicate item");
    }

    [Theory]
    [InlineData("\"previous_response_id\":\"resp_nobody\",\"input\":\"Hi\"", "previous_response_id", "previous_response_not_found")]
    [InlineData("\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_nobody\"}]", "input", null)]
    [InlineData("\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_0123456789abcdef0123456789abcdef00\"}]", "input", null)]
    public async Task What_is_unknown_is_not_found(string fields, string param, string? code)
    {
        using var response = await _chat.PostAsync($$"""{"model":"phi-3-mini",{{fields}}}""");

        var error = await ScriptedChat.ErrorOf(response, HttpStatusCode.NotFound);
        ((string?)error["param"], (string?)error["code"]).ShouldBe((param, code));
    }

    [Fact]
    [Trait("Requirement", "G6.2")]
    public async Task Another_tenant_neither_sees_nor_goes_on_from_it_nor_deletes_it()
    {
        var made = await _chat.CreateAsync("\"input\":\"Hi\"");
        var path = $"/v1/responses/{(string?)made["id"]}";
        using var stranger = _chat.Gateway.ClientWith(await _chat.Gateway.CreateKeyAsync(new { name = "stranger", tenant = "other" }));
        using var colleague = _chat.Gateway.ClientWith(await _chat.Gateway.CreateKeyAsync(new { name = "colleague" }));

        using var seen = await stranger.GetAsync(path, TestContext.Current.CancellationToken);
        using var listed = await stranger.GetAsync($"{path}/input_items", TestContext.Current.CancellationToken);
        using var deleted = await stranger.DeleteAsync(path, TestContext.Current.CancellationToken);
        using var wentOn = await stranger.PostAsync("/v1/responses", new StringContent($$"""{"model":"phi-3-mini","previous_response_id":"{{(string?)made["id"]}}","input":"Hi"}""", mediaType: new("application/json")), TestContext.Current.CancellationToken);
        using var shared = await colleague.GetAsync(path, TestContext.Current.CancellationToken);

        foreach (var response in (HttpResponseMessage[])[seen, listed, deleted, wentOn])
        {
            await ScriptedChat.ErrorOf(response, HttpStatusCode.NotFound);
        }

        shared.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Input_items_are_listed_in_pages()
    {
        var before = await _chat.CreateAsync("\"input\":\"Before\"");
        var made = await _chat.CreateAsync($"\"previous_response_id\":\"{(string?)before["id"]}\",\"input\":[{{\"role\":\"user\",\"content\":\"a\"}},{{\"id\":\"msg_mine\",\"role\":\"assistant\",\"content\":\"b\"}},{{\"role\":\"user\",\"content\":[{{\"type\":\"input_text\",\"text\":\"c\"}}]}}]");
        var path = $"/v1/responses/{(string?)made["id"]}/input_items";

        var newest = await ListAsync($"{path}?limit=2");
        var rest = await ListAsync($"{path}?limit=2&after={(string?)newest["last_id"]}");
        var oldest = await ListAsync($"{path}?order=asc");

        TextsOf(newest).ShouldBe(["c", "b"]);
        ((bool)newest["has_more"]!, (string?)newest["last_id"]).ShouldBe((true, "msg_mine"));
        TextsOf(rest).ShouldBe(["a"]);
        ((bool)rest["has_more"]!).ShouldBeFalse();
        TextsOf(oldest).ShouldBe(["a", "b", "c"]);
        oldest["data"]!.AsArray().ShouldAllBe(item => (string?)item!["type"] == "message" && (string?)item["status"] == "completed" && item["id"] != null);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("order=up", "order")]
    [InlineData("after=nobody", "after")]
    public async Task A_page_that_cannot_be_is_refused(string query, string param)
    {
        var made = await _chat.CreateAsync("\"input\":\"Hi\"");

        using var response = await _chat.GetAsync($"/v1/responses/{(string?)made["id"]}/input_items?{query}");

        ((string?)(await ScriptedChat.ErrorOf(response, HttpStatusCode.BadRequest))["param"]).ShouldBe(param);
    }

    [Fact]
    public async Task What_was_not_in_the_background_cannot_be_cancelled_and_nothing_stored_is_streamed()
    {
        var made = await _chat.CreateAsync("\"input\":\"Hi\"");

        using var cancelled = await _chat.PostAsync("", $"/v1/responses/{(string?)made["id"]}/cancel");
        using var streamed = await _chat.GetAsync($"/v1/responses/{(string?)made["id"]}?stream=true");
        using var unknown = await _chat.PostAsync("", "/v1/responses/resp_nobody/cancel");

        await ScriptedChat.ErrorOf(cancelled, HttpStatusCode.BadRequest);
        ((string?)(await ScriptedChat.ErrorOf(streamed, HttpStatusCode.BadRequest))["param"]).ShouldBe("stream");
        await ScriptedChat.ErrorOf(unknown, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_response_that_is_too_large_is_answered_and_not_stored_and_says_so()
    {
        using var response = await _chat.PostAsync($$"""{"model":"phi-3-mini","input":"{{new string('x', 8192)}}"}""");

        var made = await ScriptedChat.ResponseOf(response);
        response.Headers.GetValues("x-gateway-warnings").Single().ShouldContain("not stored");
        ((bool)made["store"]!).ShouldBeFalse();
        using var fetched = await _chat.GetAsync($"/v1/responses/{(string?)made["id"]}");
        await ScriptedChat.ErrorOf(fetched, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Bodies_that_are_wrong_are_refused_as_on_chat()
    {
        foreach (var (body, status, param) in ((string, HttpStatusCode, string?)[])[
            ("{nope", HttpStatusCode.BadRequest, null),
            ("[]", HttpStatusCode.BadRequest, null),
            ("", HttpStatusCode.BadRequest, null),
            ("""{"input":"Hi"}""", HttpStatusCode.BadRequest, "model"),
            ("""{"model":7,"input":"Hi"}""", HttpStatusCode.BadRequest, "model"),
            ("""{"model":"phi-3-mini","stream":"yes","input":"Hi"}""", HttpStatusCode.BadRequest, "stream"),
            ("""{"model":"nobody","input":"Hi"}""", HttpStatusCode.NotFound, "model"),
            ("""{"model":"phi-3-mini","tools":[{"type":"web_search"}],"input":"Hi"}""", HttpStatusCode.BadRequest, "tools[0].type"),
            ("""{"model":"phi-3-mini","previous_response_id":"\ud800","input":"Hi"}""", HttpStatusCode.BadRequest, null)])
        {
            using var response = await _chat.PostAsync(body);
            ((string?)(await ScriptedChat.ErrorOf(response, status))["param"]).ShouldBe(param, body);
        }

        _chat.Gateway.Log.Errors.ShouldBeEmpty();
        _chat.Requests.ShouldBeEmpty();
    }

    private async Task<JsonObject> ListAsync(string path)
    {
        using var response = await _chat.GetAsync(path);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        var list = JsonNode.Parse(body)!.AsObject();
        list.Select(field => field.Key).ShouldBe(["object", "data", "first_id", "last_id", "has_more"]);
        return list;
    }

    private static IEnumerable<string?> TextsOf(JsonObject list) => list["data"]!.AsArray().Select(item => (string?)item!["content"]![0]!["text"]);
}
