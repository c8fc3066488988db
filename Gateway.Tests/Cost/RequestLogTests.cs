using System.Net;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Gateway.Tests.Ledger;
using ServiceDefaults.Usage;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Cost;

/// <summary>The request log, from what came in over a real Redis and what the ledger holds.</summary>
[Trait("Requirement", "G4.5")]
public sealed class RequestLogTests : IAsyncLifetime
{
    private DeliveredUsage _usage = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _usage = await DeliveredUsage.StartAsync(Events.Noon.AddMinutes(30));

    public ValueTask DisposeAsync() => _usage.DisposeAsync();

    [Fact]
    public async Task A_request_is_shown_with_all_that_is_known_of_it()
    {
        await using var worker = await _usage.StartWorkerAsync();
        await _usage.DeliverAsync("a", 1, one => one with
        {
            TraceId = "4bf92f3577b34da6a3ce929d0e0e4736", User = "ann", Variant = "brevity/brief", Status = UsageStatus.Failed, HttpStatus = 504, Error = "upstream_timeout", Streamed = true,
            Batch = false, Attempts = 2, DurationMicroseconds = 30_012_500, FirstTokenMicroseconds = 1_000, CostNanoUsd = 1_500_000_000, Tenant = "acme", AvoidedBy = AvoidedBy.None,
        });

        var shown = (await ListAsync(worker, "")).Single()!.AsObject();

        ((string)shown["id"]!).ShouldBe($"{Events.Noon.UtcTicks:x16}-a.1");
        shown.Remove("id");
        JsonNode.DeepEquals(shown, JsonNode.Parse("""
            {
              "object": "request", "time": "2026-11-21T12:00:00+00:00", "request_id": "req_1", "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736", "operation": "chat", "tenant": "acme", "user": "ann",
              "key": "key_1", "alias": "phi-3-mini", "target": "local/microsoft/Phi-3-mini-4k-instruct", "provider": "local", "model": "microsoft/Phi-3-mini-4k-instruct", "variant": "brevity/brief",
              "status": "failed", "http_status": 504, "error": "upstream_timeout", "streamed": true, "batch": false, "attempts": 2, "duration_ms": 30012.5, "first_token_ms": 1,
              "tokens": { "input": 101, "cached_input": 1, "cache_write": 1, "output": 10 }, "estimated": false, "cost_usd": "1.500000000", "cache": "none", "avoided_cost_usd": null,
              "tool_calls": 0, "round": 0, "tools": []
            }
            """)).ShouldBeTrue(shown.ToJsonString());
    }

    [Fact]
    public async Task Pages_go_from_the_newest_to_the_oldest_and_come_to_an_end()
    {
        await using var worker = await _usage.StartWorkerAsync();
        await _usage.DeliverAsync("a", 25, one => one with { At = Events.Noon.AddSeconds(one.Id.Sequence) });

        (await AllAsync(worker, "limit=10")).ShouldBe([.. Enumerable.Range(1, 25).Reverse().Select(number => $"req_{number}")]);
    }

    [Fact]
    public async Task What_is_no_longer_in_memory_is_read_from_the_ledger()
    {
        await using (var before = await _usage.StartWorkerAsync())
        {
            await _usage.DeliverAsync("a", 60, one => one with { At = Events.Noon.AddHours(-12 * one.Id.Sequence), Error = one.Id.Sequence == 50 ? "so_rare" : null, User = one.Id.Sequence == 49 ? "Zoë <&> \"Q\"" : null });
        }

        await using var worker = await _usage.StartWorkerAsync();
        (await AllAsync(worker, "limit=7&from=2026-10-01T00:00:00Z")).ShouldBe([.. Enumerable.Range(1, 60).Select(number => $"req_{number}")]);
        (await AllAsync(worker, "error=so_rare")).ShouldBe(["req_50"]);
        (await AllAsync(worker, $"user={Uri.EscapeDataString("Zoë <&> \"Q\"")}&status=ok")).ShouldBe(["req_49"]);
        (await AllAsync(worker, "text=SO_RARE")).ShouldBe(["req_50"]);
        (await AllAsync(worker, "from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z")).ShouldBe(["req_2", "req_3"]);
    }

    [Theory]
    [InlineData("tenant=acme", 10)]
    [InlineData("tenant=acme&key=key_0", 3)]
    [InlineData("status=cancelled", 2)]
    [InlineData("status=cancelled,cached,failed", 2)]
    [InlineData("target=local/microsoft/Phi-3-mini-4k-instruct&batch=false", 15)]
    [InlineData("min_ms=15", 6)]
    [InlineData("cache=cache", 2)]
    [InlineData("text=REQ_1", 11)]
    [InlineData("text=mini-4k", 20)]
    [InlineData("request_id=req_7", 1)]
    [InlineData("http_status=500", 0)]
    [InlineData("tenant=%3Cscript%3E", 0)]
    public async Task Filters_leave_what_passes_all_of_them(string query, int count)
    {
        await using var worker = await _usage.StartWorkerAsync();
        await _usage.DeliverAsync("a", 20, one => one with { DurationMicroseconds = one.Id.Sequence * 1_000 });

        (await ListAsync(worker, query)).Count.ShouldBe(count);
    }

    [Fact]
    public async Task A_page_is_there_as_a_table()
    {
        await using var worker = await _usage.StartWorkerAsync();
        await _usage.DeliverAsync("a", 2, one => one with { User = "=HYPERLINK(1)" });
        using var admin = worker.AdminClient();

        var lines = (await admin.GetStringAsync(new Uri("/requests?format=csv", UriKind.Relative), Token)).Split('\n');

        lines[0].ShouldStartWith("time,request_id,trace_id,operation,tenant,user,key,alias,target,variant,status,http_status,error,");
        lines[1].ShouldStartWith("2026-11-21T12:00:00.0000000Z,req_2,,chat,acme,\"'=HYPERLINK(1)\",key_2,phi-3-mini,");
    }

    [Fact]
    public async Task Whoever_watches_is_told_of_each_request_that_passes_and_goes_on_where_it_stopped()
    {
        await using var worker = await _usage.StartWorkerAsync();
        using var admin = worker.AdminClient();
        string seen;
        await using (var stream = await EventReader.OpenAsync(admin, "/requests/stream?tenant=acme", Token))
        {
            await _usage.DeliverAsync("a", 3, one => one);
            var (id, name, data) = await stream.NextAsync();
            (name, (string)data["request_id"]!, (string)data["id"]!).ShouldBe(("request", "req_2", id));
            seen = id;
        }

        await _usage.DeliverAsync("b", 5, one => one);
        await using var again = await EventReader.OpenAsync(admin, "/requests/stream?tenant=acme", Token, seen);
        ((string)(await again.NextAsync()).Data["request_id"]!).ShouldBe("req_2");
        ((string)(await again.NextAsync()).Data["request_id"]!).ShouldBe("req_4");
        await _usage.DeliverAsync("c", 2, one => one);
        ((string)(await again.NextAsync()).Data["request_id"]!).ShouldBe("req_2");
        await using var lost = await EventReader.OpenAsync(admin, "/requests/stream?last_event_id=unknown", Token);
        (await lost.NextAsync()).Name.ShouldBe("reset");
    }

    [Fact]
    public async Task A_stream_ends_when_the_worker_stops()
    {
        await using var worker = await _usage.StartWorkerAsync();
        using var admin = worker.AdminClient();
        await using var stream = await EventReader.OpenAsync(admin, "/requests/stream", Token);

        var stopping = worker.StopAsync();

        (await stream.HasEndedAsync()).ShouldBeTrue();
        await stopping;
    }

    [Theory]
    [InlineData("status=bad", "status", "'bad' is no status; allowed, separated by commas: ok, refused, failed, cancelled, cached.")]
    [InlineData("min_ms=-1", "min_ms", "no number of milliseconds")]
    [InlineData("after=x", "after", "no id of this list")]
    [InlineData("limit=501", "limit", "from 1 to 500")]
    [InlineData("from=x", "from", "no date and time")]
    public async Task What_cannot_be_asked_is_refused_by_name(string query, string param, string words)
    {
        await using var worker = await _usage.StartWorkerAsync();
        using var admin = worker.AdminClient();
        using var response = await admin.GetAsync(new Uri($"/requests?{query}", UriKind.Relative), Token);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!["error"]!;

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string)error["param"]!).ShouldBe(param);
        ((string)error["message"]!).ShouldContain(words);
    }

    private static async Task<JsonArray> ListAsync(CostHost worker, string query)
    {
        using var admin = worker.AdminClient();
        return JsonNode.Parse(await admin.GetStringAsync(new Uri($"/requests?{query}", UriKind.Relative), Token))!["data"]!.AsArray();
    }

    private static async Task<List<string>> AllAsync(CostHost worker, string query)
    {
        using var admin = worker.AdminClient();
        var (ids, after) = (new List<string>(), "");
        while (true)
        {
            var page = JsonNode.Parse(await admin.GetStringAsync(new Uri($"/requests?{query}{after}", UriKind.Relative), Token))!;
            ids.AddRange(page["data"]!.AsArray().Select(one => (string)one!["request_id"]!));
            if (!(bool)page["has_more"]!)
            {
                return ids;
            }

            after = $"&after={page["last_id"]}";
        }
    }
}
