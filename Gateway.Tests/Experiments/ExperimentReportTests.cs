using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Tests.Access;
using Gateway.Tests.Feedback;
using Gateway.Tests.Hosts;
using Gateway.Tests.Limits;
using Gateway.Tests.Redis;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Experiments;

/// <summary>What <c>GET /admin/experiments/{name}</c> says of requests that were made.</summary>
[Trait("Requirement", "G7.3")]
public sealed class ExperimentReportTests
{
    private const string Control = "e/control";
    private const string Variant = "e/b";

    // The upstream's model "broken" fails; the other one uses 3 tokens and makes 1.
    private static readonly (string Key, string Value)[] Settings =
    [
        ("Gateway:Experiments:e:Alias", SimulatedGateway.ChatModel),
        ("Gateway:Experiments:e:Variants:control:Weight", "1"),
        ("Gateway:Experiments:e:Variants:b:Targets:0:Provider", "local"),
        ("Gateway:Experiments:e:Variants:b:Targets:0:Model", "broken"),
        ($"Gateway:Prices:{TwoTargets.Primary}:Input", "1"),
        ($"Gateway:Prices:{TwoTargets.Primary}:Output", "2"),
        ("Gateway:Flags:Retries:Enabled", "false"),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Variants_are_compared_on_errors_latency_cost_and_feedback_and_small_samples_are_called_so()
    {
        await using var upstream = await StartUpstreamAsync();
        await using var gateway = await GatewayHost.StartAsync(upstream, Settings);
        var asked = await AskAsync([gateway], users: 24);

        foreach (var (_, caller, id) in asked.Where(request => request.Variant == Control))
        {
            (await gateway.GiveAsync(caller, new { request_id = id, score = 0.5 })).ShouldBe(HttpStatusCode.OK);
        }

        var (first, firstCaller, firstId) = asked.First(request => request.Variant == Control);
        (await gateway.GiveAsync(firstCaller, new { request_id = firstId, rating = "thumbs_up" })).ShouldBe(HttpStatusCode.OK);
        var report = await ReportAsync(gateway);

        var (control, variant) = (report["variants"]!.AsArray().Single(one => (bool)one!["is_control"]!)!, report["variants"]!.AsArray().Single(one => !(bool)one!["is_control"]!)!);
        var (controls, variants) = (asked.Count(request => request.Variant == Control), asked.Count(request => request.Variant == Variant));
        (controls, variants).ShouldBe(((int)control["requests"]!, (int)variant["requests"]!));
        (controls > 4, variants > 4).ShouldBe((true, true));
        ((int)control["errors"]!, (int)variant["errors"]!, (double)variant["error_rate"]!["value"]!).ShouldBe((0, variants, 1));
        ((double)variant["error_rate"]!["difference"]!["value"]!, (bool)variant["error_rate"]!["difference"]!["significant"]!).ShouldBe((1, true));
        ((double)control["cost_usd"]!["value"]!).ShouldBe(0.000005, 0.0000000001);
        ((double)control["latency_ms"]!["count"]!).ShouldBe(controls);
        ((double)control["latency_ms"]!["low"]!).ShouldBeLessThan((double)control["latency_ms"]!["value"]!);
        ((double)control["latency_ms"]!["p50"]!).ShouldBeLessThanOrEqualTo((double)control["latency_ms"]!["p95"]!);
        ((double)control["feedback"]!["count"]!, (double)control["feedback"]!["value"]!).ShouldBe((controls, ((0.5 * (controls - 1)) + 1) / controls));
        (variant["latency_ms"], variant["feedback"]).ShouldBe((null, null));
        report["warnings"]!.AsArray().Select(warning => (string)warning!).ShouldContain($"The sample is too small: 'b' has {variants} of the 100 requests below which differences are mostly chance.");
    }

    [Fact]
    public async Task Replicas_count_together_take_each_others_feedback_and_lose_nothing_while_Redis_is_away()
    {
        await using var redis = await RedisServers.StartRedisAsync("--appendonly", "yes", "--appendfsync", "always");
        await using var upstream = await StartUpstreamAsync();
        (string, string)[] settings = [.. Settings, ("ConnectionStrings:redis", $"127.0.0.1:{redis.Port}")];
        await using var one = await GatewayHost.StartAsync(upstream, settings);
        await using var other = await GatewayHost.StartAsync(upstream, settings);
        await one.UntilReadyAsync();
        await other.UntilReadyAsync();

        var asked = await AskAsync([one, other], users: 8);
        var (variant, caller, id) = asked[0];
        (await other.GiveAsync(caller, new { request_id = id, score = -1 })).ShouldBe(HttpStatusCode.OK);
        await ReportUntilAsync(one, requests: 16);
        await redis.KillAsync();
        await AskAgainAsync(one, asked[0].Key);
        using (var admin = one.AdminClient())
        {
            using var away = await admin.GetAsync("/admin/experiments/e", Token);
            (away.StatusCode, await away.CodeAsync()).ShouldBe((HttpStatusCode.ServiceUnavailable, "state_unavailable"));
        }

        (await one.GiveAsync(caller, new { request_id = id, score = 1 })).ShouldBe(HttpStatusCode.ServiceUnavailable);
        await redis.StartAsync();
        await one.UntilReadyAsync();
        await other.UntilReadyAsync();

        var report = await ReportUntilAsync(other, requests: 17);
        var rated = report["variants"]!.AsArray().Single(shown => (string)shown!["variant"]! == variant)!;
        ((double)rated["feedback"]!["count"]!, (double)rated["feedback"]!["value"]!).ShouldBe((1, -1));
    }

    [Theory]
    [InlineData("nobody", HttpStatusCode.NotFound, "experiment_not_found")]
    [InlineData("e?from=yesterday", HttpStatusCode.BadRequest, null)]
    public async Task What_is_not_there_is_not_found(string path, HttpStatusCode status, string? code)
    {
        await using var upstream = await StartUpstreamAsync();
        await using var gateway = await GatewayHost.StartAsync(upstream, Settings);
        using var admin = gateway.AdminClient();

        using var response = await admin.GetAsync($"/admin/experiments/{path}", Token);

        (response.StatusCode, await response.CodeAsync()).ShouldBe((status, code));
        (await admin.GetFromJsonAsync<JsonObject>("/admin/experiments", Token))!["data"]!.AsArray().Select(shown => (string)shown!["name"]!).ShouldBe(["e"]);
    }

    private static Task<ScriptedUpstream> StartUpstreamAsync() => ScriptedUpstream.StartAsync(async context =>
    {
        var asked = await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted);
        await (asked.Contains("\"broken\"", StringComparison.Ordinal) ? TwoTargets.FailAsync(context, 500) : TwoTargets.SendAsync(context, TwoTargets.Reply, "application/json"));
    });

    // Each user asks once at each gateway.
    private static async Task<List<(string Variant, string Key, string Id)>> AskAsync(IReadOnlyList<GatewayHost> gateways, int users)
    {
        var asked = new List<(string Variant, string Key, string Id)>();
        for (var user = 0; user < users; user++)
        {
            var key = await gateways[0].CreateKeyAsync(new { name = "user", user = $"user-{user}" });
            foreach (var gateway in gateways)
            {
                await gateway.UntilAsync(key, HttpStatusCode.OK);
                var (variant, id) = await AskAgainAsync(gateway, key);
                asked.Add((variant, key, id));
            }
        }

        return asked;
    }

    private static async Task<(string Variant, string Id)> AskAgainAsync(GatewayHost gateway, string key)
    {
        using var caller = gateway.ClientWith(key);
        using var response = await caller.PostAsJsonAsync("/v1/chat/completions", new { model = SimulatedGateway.ChatModel, messages = new[] { new { role = "user", content = "x" } } }, Token);
        var variant = response.Header("x-gateway-variant")!;
        response.StatusCode.ShouldBe(variant == Control ? HttpStatusCode.OK : HttpStatusCode.BadGateway);
        return (variant, response.Header("x-request-id")!);
    }

    // A replica tells the others of its counts once a second.
    private static async Task<JsonObject> ReportUntilAsync(GatewayHost gateway, int requests)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            var report = await ReportAsync(gateway);
            if (report["variants"]!.AsArray().Sum(variant => (int)variant!["requests"]!) == requests)
            {
                return report;
            }

            await tick.WaitForNextTickAsync(Token);
        }
    }

    private static async Task<JsonObject> ReportAsync(GatewayHost gateway)
    {
        using var admin = gateway.AdminClient();
        return (await admin.GetFromJsonAsync<JsonObject>("/admin/experiments/e", Token))!;
    }
}
