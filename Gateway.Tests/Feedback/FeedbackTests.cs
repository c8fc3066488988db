using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Tests.Flags;
using Gateway.Tests.Hosts;
using Gateway.Tests.Limits;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Feedback;

/// <summary><c>POST /v1/feedback</c>.</summary>
[Trait("Requirement", "G7.3")]
public sealed class FeedbackTests(SimulatedGateway system) : IAsyncLifetime
{
    private GatewayHost _gateway = null!;
    private string _key = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _gateway = await GatewayHost.StartAsync(system.Model, ("Gateway:Feedback:MaxRequests", "3"));
        _key = await _gateway.CreateKeyAsync(new { name = "ann", tenant = "acme", user = "ann" });
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Feedback_on_a_recent_request_is_taken_and_shown_to_administrators_and_its_comment_is_not_logged()
    {
        var id = await AskAsync(_gateway, _key);

        using var caller = _gateway.ClientWith(_key);
        using var given = await caller.PostAsJsonAsync("/v1/feedback", new { request_id = id, rating = "thumbs_down", comment = "what-nobody-may-log", labels = (string[])["too long"] }, Token);

        given.StatusCode.ShouldBe(HttpStatusCode.OK);
        var reply = (await given.Content.ReadFromJsonAsync<JsonObject>(Token))!;
        ((string)reply["object"]!, (string)reply["request_id"]!, (double)reply["score"]!).ShouldBe(("feedback", id, -1));
        using var admin = _gateway.AdminClient();
        var entry = (await admin.GetFromJsonAsync<JsonObject>("/admin/feedback", Token))!["data"]!.AsArray().Single()!;
        ((string)entry["id"]!, (string)entry["tenant"]!, (string)entry["user"]!, (double)entry["score"]!, (string)entry["comment"]!).ShouldBe(((string)reply["id"]!, "acme", "ann", -1, "what-nobody-may-log"));
        entry["labels"]!.ToJsonString().ShouldBe("""["too long"]""");
        _gateway.Log.Lines.ShouldAllBe(line => !line.Message.Contains("what-nobody-may-log", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_tenants_request_and_one_that_was_never_made_are_not_known()
    {
        var id = await AskAsync(_gateway, _key);
        var stranger = await _gateway.CreateKeyAsync(new { name = "eve", tenant = "other" });
        var colleague = await _gateway.CreateKeyAsync(new { name = "bob", tenant = "acme" });

        (await _gateway.GiveAsync(stranger, new { request_id = id, score = 1 })).ShouldBe(HttpStatusCode.NotFound);
        (await _gateway.GiveAsync(_key, new { request_id = "req_never", score = 1 })).ShouldBe(HttpStatusCode.NotFound);
        (await _gateway.GiveAsync(colleague, new { request_id = id, score = 1 })).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Only_so_many_requests_are_remembered()
    {
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add(await AskAsync(_gateway, _key));
            (await _gateway.GiveAsync(_key, new { request_id = ids[^1], score = 1 })).ShouldBe(HttpStatusCode.OK);
        }

        (await _gateway.GiveAsync(_key, new { request_id = ids[0], score = 1 })).ShouldBe(HttpStatusCode.NotFound);
        (await _gateway.GiveAsync(_key, new { request_id = ids[1], score = 1 })).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Of_many_requests_at_once_those_of_experiments_are_remembered_all_the_same()
    {
        await using var busy = await GatewayHost.StartAsync(
            system.Model,
            ("Gateway:Feedback:MaxRequestsPerSecond", "0"),
            ("Gateway:Experiments:e:Alias", SimulatedGateway.ChatModel),
            ("Gateway:Experiments:e:Segment:Users:0", "ann"),
            ("Gateway:Experiments:e:Variants:control:Weight", "1"),
            ("Gateway:Experiments:e:Variants:b:Weight", "1"));
        var (inside, outside) = (await busy.CreateKeyAsync(new { name = "ann", user = "ann" }), await busy.CreateKeyAsync());

        (await busy.GiveAsync(inside, new { request_id = await AskAsync(busy, inside), score = 1 })).ShouldBe(HttpStatusCode.OK);
        (await busy.GiveAsync(outside, new { request_id = await AskAsync(busy, outside), score = 1 })).ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"score":1}""", "request_id")]
    [InlineData("""{"request_id":"r"}""", "score")]
    [InlineData("""{"request_id":"r","score":1.1}""", "score")]
    [InlineData("""{"request_id":"r","score":"good"}""", "score")]
    [InlineData("""{"request_id":"r","rating":"meh"}""", "rating")]
    [InlineData("""{"request_id":"r","score":1,"rating":"thumbs_up"}""", "rating")]
    [InlineData("""{"request_id":"r","score":1,"labels":[""]}""", "labels")]
    [InlineData("""{"request_id":"r","score":1,"labels":["1","2","3","4","5","6","7","8","9","10","11"]}""", "labels")]
    [InlineData("""{"request_id":"r","score":1,"stars":5}""", "stars")]
    [InlineData("""[]""", null)]
    public async Task Bad_input_is_refused_and_names_its_field(string body, string? param)
    {
        using var caller = _gateway.ClientWith(_key);

        using var refused = await caller.PostAsync("/v1/feedback", new StringContent(body, Encoding.UTF8, "application/json"), Token);

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)(await refused.Content.ReadFromJsonAsync<JsonObject>(Token))!["error"]!["param"]).ShouldBe(param);
    }

    [Fact]
    public async Task A_comment_too_long_is_refused()
    {
        using var caller = _gateway.ClientWith(_key);

        using var refused = await caller.PostAsJsonAsync("/v1/feedback", new { request_id = "r", score = 0, comment = new string('x', 4_001) }, Token);

        (await refused.MessageAsync()).ShouldBe("'comment' has 4001 characters; allowed: 4000.");
    }

    [Fact]
    [Trait("Requirement", "G7.5")]
    public async Task Switched_off_there_is_no_such_route()
    {
        var id = await AskAsync(_gateway, _key);
        await _gateway.SwitchAsync("Feedback", new { enabled = false });

        (await _gateway.GiveAsync(_key, new { request_id = id, score = 1 })).ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<string> AskAsync(GatewayHost gateway, string key)
    {
        using var caller = gateway.ClientWith(key);
        using var response = await caller.PostAsJsonAsync("/v1/chat/completions", new { model = SimulatedGateway.ChatModel, messages = new[] { new { role = "user", content = "Hello" } } }, Token);
        response.EnsureSuccessStatusCode();
        return response.Header("x-request-id")!;
    }
}
