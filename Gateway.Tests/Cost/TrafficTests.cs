using System.Net;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Gateway.Tests.Ledger;
using ServiceDefaults.Usage;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Cost;

/// <summary>What came in over a real Redis, as charts ask for it.</summary>
[Trait("Requirement", "G4.1")]
[Trait("Requirement", "G4.5")]
public sealed class TrafficTests : IAsyncLifetime
{
    private DeliveredUsage _usage = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _usage = await DeliveredUsage.StartAsync(Events.Noon.AddSeconds(30));

    public ValueTask DisposeAsync() => _usage.DisposeAsync();

    [Fact]
    public async Task A_minute_has_its_requests_errors_percentiles_tokens_and_cost()
    {
        await using var worker = await _usage.StartWorkerAsync();
        await _usage.DeliverAsync("a", 100, one => Answered(one, milliseconds: one.Id.Sequence));
        await _usage.DeliverAsync("b", 4, one => one with { Tokens = default, CostNanoUsd = 0, Status = one.Id.Sequence > 2 ? UsageStatus.Failed : UsageStatus.Refused, HttpStatus = one.Id.Sequence > 2 ? 502 : 429 });

        var answer = await AskAsync(worker, "/traffic");

        ((string)answer["step"]!, (string)answer["from"]!, (string)answer["to"]!).ShouldBe(("minute", "2026-11-21T11:01:00Z", "2026-11-21T12:01:00Z"));
        answer["times"]!.AsArray().Count.ShouldBe(60);
        ((long)answer["times"]![59]!).ShouldBe(Events.Noon.ToUnixTimeSeconds());
        var all = answer["series"]!.AsArray().Single()!;
        ((string?)all["name"]).ShouldBeNull();
        (At(all, "requests"), At(all, "failed"), At(all["errors"]!, "limited"), At(all["errors"]!, "upstream")).ShouldBe((104d, 2d, 2d, 2d));
        all["errors"]!.AsObject().Select(kind => kind.Key).ShouldBe(["limited", "upstream"]);
        (At(all, "input_tokens"), At(all, "output_tokens"), At(all, "cost_usd")).ShouldBe((1_000d, 500d, 1d));
        ShouldBeAbout(At(all, "p50_ms"), 50);
        ShouldBeAbout(At(all, "p95_ms"), 95);
        ShouldBeAbout(At(all, "p99_ms"), 99);
        ShouldBeAbout(At(all, "first_token_p50_ms"), 5);
        all["p50_ms"]![58].ShouldBeNull();
        ((double)all["requests"]![58]!).ShouldBe(0);
        ((long)all["total"]!["requests"]!).ShouldBe(104);
        ShouldBeAbout((double)all["total"]!["p99_ms"]!, 99);
    }

    [Theory]
    [InlineData("alias", "gpt-4o", "phi-3-mini")]
    [InlineData("target", "local/microsoft/Phi-3-mini-4k-instruct", "openai/gpt-4o")]
    [InlineData("tenant", "acme", "globex")]
    public async Task It_is_split_by(string dimension, params string[] names)
    {
        await using var worker = await _usage.StartWorkerAsync();
        await _usage.DeliverAsync("a", 30, one => one);
        await _usage.DeliverAsync("b", 10, one => one with { Alias = "gpt-4o", Provider = "openai", Model = "gpt-4o", Tenant = "acme" });
        await _usage.DeliverAsync("c", 5, one => one with { Alias = null, Provider = null, Model = null, Tenant = null, Status = UsageStatus.Refused, HttpStatus = 400 });

        var series = (await AskAsync(worker, $"/traffic?by={dimension}&step=hour"))["series"]!.AsArray();

        series.Select(one => (string?)one!["name"]).ShouldBe([.. names, null]);
        series.Sum(one => (long)one!["total"]!["requests"]!).ShouldBe(45);
        ((long)series[^1]!["total"]!["errors"]!["refused"]!).ShouldBe(5);
    }

    [Fact]
    public async Task A_start_finds_in_the_ledger_what_was_before_it_and_counts_nothing_twice()
    {
        await using (var before = await _usage.StartWorkerAsync())
        {
            await _usage.DeliverAsync("a", 50, one => one with { At = Events.Noon.AddMinutes(-one.Id.Sequence) });
            await _usage.DeliverAsync("old", 1, one => one with { At = Events.Noon.AddDays(-6) });
        }

        await using var worker = await _usage.StartWorkerAsync();
        await _usage.DeliverAsync("a", 60, one => one with { At = Events.Noon.AddMinutes(-one.Id.Sequence) });

        var hours = await RestoredAsync(worker, "/traffic?step=hour&from=2026-11-01T00:00:00Z");
        ((string)hours["from"]!, (long)Single(hours)["total"]!["requests"]!).ShouldBe(("2026-11-14T12:00:00Z", 61));
        var minutes = Single(await AskAsync(worker, "/traffic?from=2026-11-21T11:00:00Z"));
        minutes["requests"]!.AsArray().Sum(count => (long)count!).ShouldBe(60);
    }

    [Fact]
    public async Task Names_without_end_are_counted_together()
    {
        await using var worker = await _usage.StartWorkerAsync();
        await _usage.DeliverAsync("a", 100, one => one with { Tenant = $"tenant-{one.Id.Sequence:000}" });

        var series = (await AskAsync(worker, "/traffic?by=tenant"))["series"]!.AsArray();

        series.Count.ShouldBe(64);
        ((long)series.Single(one => (string?)one!["name"] == "other")!["total"]!["requests"]!).ShouldBe(37);
    }

    [Theory]
    [InlineData("?format=csv", null)]
    [InlineData("?step=minute", "text/csv")]
    public async Task A_table_of_it_is_there_too(string query, string? accept)
    {
        await using var worker = await _usage.StartWorkerAsync();
        await _usage.DeliverAsync("a", 1, one => Answered(one, milliseconds: 100) with { Alias = "=cmd" });
        using var admin = worker.AdminClient();
        admin.DefaultRequestHeaders.Accept.ParseAdd(accept ?? "*/*");

        using var response = await admin.GetAsync(new Uri($"/traffic{query}&by=alias", UriKind.Relative), Token);
        var lines = (await response.Content.ReadAsStringAsync(Token)).Split('\n');

        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        lines[0].ShouldBe("time,name,requests,failed,limited,over_budget,refused,unavailable,upstream,timed_out,broken_off,cancelled,p50_ms,p95_ms,p99_ms,first_token_p50_ms,first_token_p95_ms,first_token_p99_ms,input_tokens,output_tokens,cost_usd");
        lines.Length.ShouldBe(62);
        lines[60].ShouldStartWith("2026-11-21T12:00:00Z,\"'=cmd\",1,0,0,0,0,0,0,0,0,0,");
    }

    [Theory]
    [InlineData("step=second", "step", "'second' is no step; allowed: minute, hour.")]
    [InlineData("by=colour", "by", "'colour' is nothing to split by; allowed: alias, target, tenant.")]
    [InlineData("from=x", "from", "'x' is no date and time")]
    [InlineData("from=2026-11-21T12:00:00Z&to=2026-11-21T11:00:00Z", "from", "The period ends before it begins.")]
    [InlineData("format=xml", "format", "'format' must be json or csv.")]
    public async Task What_cannot_be_asked_is_refused_by_name(string query, string param, string words)
    {
        await using var worker = await _usage.StartWorkerAsync();
        using var admin = worker.AdminClient();
        using var response = await admin.GetAsync(new Uri($"/traffic?{query}", UriKind.Relative), Token);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!["error"]!;

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string)error["param"]!).ShouldBe(param);
        ((string)error["message"]!).ShouldContain(words);
    }

    private static UsageEvent Answered(UsageEvent one, long milliseconds) => one with
    {
        Status = UsageStatus.Ok, Streamed = true, DurationMicroseconds = milliseconds * 1_000, FirstTokenMicroseconds = milliseconds * 100,
        Tokens = new UsageTokens(8, 1, 1, 5), CostNanoUsd = 10_000_000,
    };

    private static double At(JsonNode series, string column) => (double)series[column]![59]!;

    private static void ShouldBeAbout(double? value, double wanted) => value!.Value.ShouldBeInRange(wanted * 0.95, wanted * 1.05);

    private static JsonNode Single(JsonNode answer) => answer["series"]!.AsArray().Single()!;

    private static async Task<JsonNode> AskAsync(CostHost worker, string path)
    {
        using var admin = worker.AdminClient();
        return JsonNode.Parse(await admin.GetStringAsync(new Uri(path, UriKind.Relative), Token))!;
    }

    private static async Task<JsonNode> RestoredAsync(CostHost worker, string path)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        var answer = await AskAsync(worker, path);
        while (!(bool)answer["restored"]!)
        {
            await tick.WaitForNextTickAsync(Token);
            answer = await AskAsync(worker, path);
        }

        return answer;
    }
}
