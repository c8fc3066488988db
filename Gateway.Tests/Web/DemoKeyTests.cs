using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Web;

/// <summary>Visitors without a key are lent the demo's, for asking models and for nothing else; no reply gives it away.</summary>
public sealed class DemoKeyTests(SimulatedGateway system) : IDisposable
{
    private static readonly object Question = new { model = SimulatedGateway.ChatModel, messages = new[] { new { role = "user", content = "Hello" } } };

    private readonly string _data = Directory.CreateTempSubdirectory("gateway-demo-key-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    [Trait("Requirement", "V9.3")]
    public async Task A_visitor_without_a_key_gets_an_answer_on_the_demos_tier_and_never_sees_its_key()
    {
        await using var gateway = await GatewayHost.StartAsync(system.Model);
        await using var web = await WebHost.StartAsync(gateway.Address, ("Data:Directory", _data));

        using var answer = await web.Http.PostAsJsonAsync("/v1/chat/completions", Question, Token);
        var body = await answer.Content.ReadAsStringAsync(Token);
        var kept = Path.Combine(_data, "demo-key");
        var key = (await KeysAsync(gateway)).ShouldHaveSingleItem()!;

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        ((string?)key["name"], (string?)key["tier"], (string?)key["tenant"]).ShouldBe(("demo", "demo", "demo"));
        $"{answer.Headers}{answer.Content.Headers}{body}".ShouldNotContain(await File.ReadAllTextAsync(kept, Token));
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(kept).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task A_client_that_has_to_send_some_key_sends_demo()
    {
        await using var gateway = await GatewayHost.StartAsync(system.Model);
        await using var web = await WebHost.StartAsync(gateway.Address);

        (await StatusAsync(web, HttpMethod.Post, "/v1/chat/completions", "demo")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_visitors_own_key_is_used_in_its_place_good_or_not()
    {
        await using var gateway = await GatewayHost.StartAsync(system.Model);
        await using var web = await WebHost.StartAsync(gateway.Address);
        var own = await gateway.CreateKeyAsync(new { name = "own", models = new[] { SimulatedGateway.EmbeddingModel } });

        (await StatusAsync(web, HttpMethod.Post, "/v1/chat/completions", own)).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(web, HttpMethod.Post, "/v1/chat/completions", "sk-gw-wrong")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("GET", "/v1/files")]
    [InlineData("GET", "/v1/batches")]
    [InlineData("GET", "/v1/responses/resp_1")]
    [InlineData("POST", "/v1/responses")]
    [InlineData("POST", "/v1/chat/completions/extra")]
    [InlineData("GET", "/admin/keys")]
    [InlineData("POST", "/mcp/products")]
    public async Task What_visitors_share_with_each_other_is_not_opened_by_it(string method, string path)
    {
        await using var gateway = await GatewayHost.StartAsync(system.Model);
        await using var web = await WebHost.StartAsync(gateway.Address);

        (await StatusAsync(web, new HttpMethod(method), path)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_key_that_the_gateway_refuses_is_made_anew()
    {
        await using var gateway = await GatewayHost.StartAsync(system.Model);
        await using var web = await WebHost.StartAsync(gateway.Address);
        (await StatusAsync(web, HttpMethod.Get, "/v1/models")).ShouldBe(HttpStatusCode.OK);
        using var admin = gateway.AdminClient();
        using var revoked = await admin.DeleteAsync($"/admin/keys/{(await KeysAsync(gateway)).Single()!["id"]}", Token);

        using var refused = await web.Http.GetAsync("/v1/models", Token);
        var error = await refused.Content.ReadFromJsonAsync<JsonObject>(Token);
        var statuses = new List<HttpStatusCode>();
        while (statuses.LastOrDefault() != HttpStatusCode.OK)
        {
            statuses.Add(await StatusAsync(web, HttpMethod.Get, "/v1/models"));
        }

        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        ((string?)error!["error"]!["code"]).ShouldBe("demo_key_renewed");
        refused.Headers.RetryAfter.ShouldNotBeNull();
        statuses.ShouldNotContain(HttpStatusCode.Unauthorized);
        (await KeysAsync(gateway)).Count(key => (string?)key!["status"] == "active").ShouldBe(1);
    }

    [Fact]
    public async Task The_next_start_uses_the_same_key()
    {
        await using var gateway = await GatewayHost.StartAsync(system.Model);
        for (var start = 0; start < 2; start++)
        {
            await using var web = await WebHost.StartAsync(gateway.Address, ("Data:Directory", _data));
            (await StatusAsync(web, HttpMethod.Get, "/v1/models")).ShouldBe(HttpStatusCode.OK);
        }

        (await KeysAsync(gateway)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Without_an_admin_key_visitors_have_to_bring_their_own()
    {
        await using var gateway = await GatewayHost.StartAsync(system.Model);
        await using var web = await WebHost.StartAsync(gateway.Address, ("GATEWAY_ADMIN_KEY", ""));

        (await StatusAsync(web, HttpMethod.Get, "/v1/models")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(web, HttpMethod.Get, "/v1/models", await gateway.CreateKeyAsync())).ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<HttpStatusCode> StatusAsync(WebHost web, HttpMethod method, string path, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = method == HttpMethod.Post ? JsonContent.Create(Question) : null;
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        using var response = await web.Http.SendAsync(request, Token);
        return response.StatusCode;
    }

    private static async Task<JsonArray> KeysAsync(GatewayHost gateway)
    {
        using var admin = gateway.AdminClient();
        return (await admin.GetFromJsonAsync<JsonObject>("/admin/keys", Token))!["data"]!.AsArray();
    }
}
