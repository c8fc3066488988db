using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Gateway.Tests.Redis;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Endpoints;

/// <summary><c>GET /admin/budgets</c>, as the gateway's own memory counts them and as Redis does.</summary>
[Trait("Requirement", "G5.4")]
public sealed class BudgetEndpointTests : IAsyncLifetime
{
    private const string Reply = """{"id":"c1","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":100,"completion_tokens":100,"total_tokens":200}}""";
    private const string Chat = """{"model":"phi-3-mini","max_tokens":1000,"messages":[{"role":"user","content":"Hello"}]}""";
    private const string Price = "Gateway:Prices:local/microsoft/Phi-3-mini-4k-instruct";

    private static readonly (string, string)[] Settings =
    [
        ($"{Price}:Input", "1000"), ($"{Price}:Output", "2000"), ("Gateway:Tenants:acme:MonthlyBudgetUsd", "100"), ("Gateway:Tenants:idle:DailyBudgetUsd", "7"),
        ("Gateway:Tiers:small:DailyBudgetUsd", "20"), ("Gateway:Models:phi-3-mini:Limits:DailyBudgetUsd", "1000"),
    ];

    private readonly TaskCompletionSource _go = new();
    private readonly TaskCompletionSource _asked = new();
    private ScriptedUpstream _upstream = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _upstream = await ScriptedUpstream.StartAsync(async context =>
    {
        if (context.Request.Headers["x-request-id"] == "held")
        {
            _asked.TrySetResult();
            await _go.Task;
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(Reply, Token);
    });

    public ValueTask DisposeAsync() => _upstream.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_spent_and_held_is_shown_of_key_user_tenant_and_model(bool isShared)
    {
        await using var redis = isShared ? await RedisServers.StartRedisAsync() : null;
        await using var gateway = await GatewayHost.StartAsync(_upstream, [.. Settings, ("ConnectionStrings:redis", redis is null ? "" : $"127.0.0.1:{redis.Port}")]);
        using var caller = gateway.ClientWith(await gateway.CreateKeyAsync(new { name = "search team", tenant = "acme", user = "ann", tier = "small", budget = new { usd = 4m, period = "month" } }));
        using var admin = gateway.AdminClient();
        using (var answered = await CallAsync(caller, "answered"))
        {
            answered.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        var held = CallAsync(caller, "held");
        await _asked.Task;
        var budgets = await UntilAsync(admin, "", page => page["data"]!.AsArray().Any(one => (string?)one!["spent_usd"] == "0.300000000"));

        ((int)budgets["total"]!).ShouldBe(5);
        var shown = budgets["data"]!.AsArray().ToDictionary(one => $"{one!["scope"]} {one["name"]} {one["period"]}");
        shown.Keys.ShouldBe(["key search team month", "user ann day", "tenant acme month", "model phi-3-mini day", "tenant idle day"]);
        foreach (var (name, limit) in new[] { ("key search team month", "4.000000000"), ("user ann day", "20.000000000"), ("tenant acme month", "100.000000000"), ("model phi-3-mini day", "1000.000000000") })
        {
            var one = shown[name]!;
            ((string)one["limit_usd"]!, (string)one["spent_usd"]!).ShouldBe((limit, "0.300000000"), name);
            decimal.Parse((string)one["held_usd"]!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(2m, 2.5m, name);
        }

        shown.Values.ShouldAllBe(one => one!["resets_at"]!.GetValue<DateTimeOffset>().TimeOfDay == TimeSpan.Zero);
        ((string)shown["tenant idle day"]!["spent_usd"]!, (double)shown["tenant idle day"]!["share"]!).ShouldBe(("0.000000000", 0));
        ((string)shown["user ann day"]!["tier"]!, (string)shown["user ann day"]!["user"]!).ShouldBe(("small", "ann"));
        _go.SetResult();
        (await held).Dispose();
        await UntilAsync(admin, "scope=key", page => (string?)page["data"]![0]!["spent_usd"] == "0.600000000" && (string?)page["data"]![0]!["held_usd"] == "0.000000000");
        (await ListAsync(admin, "tenant=acme&min_share=0.1")).Select(one => (string)one!["scope"]!).ShouldBe(["key"]);
        (await ListAsync(admin, "query=SEARCH")).Count.ShouldBe(1);
        var next = (await ListAsync(admin, "limit=2"))[1]!["id"];
        (await ListAsync(admin, $"after={Uri.EscapeDataString((string)next!)}")).Count.ShouldBe(3);
    }

    [Fact]
    public async Task While_Redis_is_away_nobody_is_told_old_figures()
    {
        await using var redis = await RedisServers.StartRedisAsync();
        await using var gateway = await GatewayHost.StartAsync(_upstream, [.. Settings, ("ConnectionStrings:redis", $"127.0.0.1:{redis.Port}")]);
        using var admin = gateway.AdminClient();
        await redis.KillAsync();

        using var response = await admin.GetAsync(new Uri("/admin/budgets", UriKind.Relative), Token);

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("scope=all", "scope")]
    [InlineData("min_share=much", "min_share")]
    [InlineData("after=nobody", "after")]
    public async Task What_cannot_be_asked_is_refused_by_name(string query, string param)
    {
        await using var gateway = await GatewayHost.StartAsync(_upstream, Settings);
        using var admin = gateway.AdminClient();
        using var response = await admin.GetAsync(new Uri($"/admin/budgets?{query}", UriKind.Relative), Token);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string)JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!["error"]!["param"]!).ShouldBe(param);
    }

    private static async Task<HttpResponseMessage> CallAsync(HttpClient caller, string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/chat/completions", UriKind.Relative)) { Content = new StringContent(Chat, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add("x-request-id", id);
        return await caller.SendAsync(request, Token);
    }

    private static async Task<JsonArray> ListAsync(HttpClient admin, string query) =>
        (await admin.GetFromJsonAsync<JsonObject>(new Uri($"/admin/budgets?{query}", UriKind.Relative), Token))!["data"]!.AsArray();

    // What was settled is on its way to where it is counted.
    private static async Task<JsonObject> UntilAsync(HttpClient admin, string query, Func<JsonObject, bool> isThere)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (true)
        {
            var page = (await admin.GetFromJsonAsync<JsonObject>(new Uri($"/admin/budgets?{query}", UriKind.Relative), Token))!;
            if (isThere(page))
            {
                return page;
            }

            await tick.WaitForNextTickAsync(Token);
        }
    }
}
