using System.Text;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Gateway.Tests.Ledger;
using Gateway.Tests.Redis;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Usage;
using Shouldly;
using StackExchange.Redis;
using Xunit;

namespace Gateway.Tests.Cost;

/// <summary>The worker between a real Redis, which also dies, and its ledger.</summary>
public sealed class IntakeTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("cost-").FullName;
    private readonly StoppedClock _clock = new(Events.Noon);
    private ServerProcess _server = null!;
    private ConnectionMultiplexer _redis = null!;
    private CostHost _worker = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServers.StartRedisAsync("--appendonly", "yes");
        _redis = await Redis.Clients.ConnectAsync(_server.Port);
        _worker = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        await _redis.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    [Trait("Requirement", "G4.1")]
    public async Task Batches_of_two_gateways_are_kept_acknowledged_and_dropped_from_Redis()
    {
        var (one, other) = (new Pusher(_redis, "one", 256), new Pusher(_redis, "other", 100));
        await Task.WhenAll(one.DeliverAsync(3_000, Token), other.DeliverAsync(2_000, Token));

        await ShouldTotalAsync(Events.Many("one", 1, 3_000).Concat(Events.Many("other", 1, 2_000)));
        await ShouldBeEmptyAsync();
        _worker.Log.Lines.Where(line => line.Level > LogLevel.Information).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_missing_is_waited_for_and_what_is_known_is_passed_over()
    {
        var pusher = new Pusher(_redis, "a", 10);
        await pusher.PushAsync(1, 10);
        await pusher.PushAsync(21, 30);
        await pusher.PushAsync(5, 20);
        await pusher.UntilKeptAsync(20, Token);
        await pusher.PushAsync(21, 30);
        await pusher.UntilKeptAsync(30, Token);

        await ShouldTotalAsync(Events.Many("a", 1, 30));
        await ShouldBeEmptyAsync();
        Messages.ShouldContain("Of journal a the events 11 to before 21 did not come: what comes after them is left to its gateway, which sends again what is not acknowledged.");
    }

    [Fact]
    public async Task Numbers_that_a_damaged_journal_lost_are_acknowledged_with_the_rest()
    {
        var pusher = new Pusher(_redis, "a", 10);
        await pusher.PushTextAsync(Pusher.Text("a", 1, 10, Events.Many("a", 4, 6)));
        await pusher.UntilKeptAsync(10, Token);

        await ShouldTotalAsync(Events.Many("a", 4, 6));
    }

    [Fact]
    public async Task What_cannot_be_read_is_put_aside_by_file_and_line_and_the_rest_goes_on()
    {
        var pusher = new Pusher(_redis, "a", 10);
        var whole = Encoding.UTF8.GetString(Pusher.Text("a", 1, 3, Events.Many("a", 1, 3)));
        await pusher.PushTextAsync([0xFF, 0xFE, 0x00]);
        await pusher.PushTextAsync(Encoding.UTF8.GetBytes(whole.Replace("\"id\":\"a.2\"", "\"id\":\"a.2")));
        await pusher.PushTextAsync(Pusher.Text("a", 4, 5, [Events.One("b", 4), Events.One("a", 9), Events.One("a", 5)]));
        await pusher.UntilKeptAsync(5, Token);

        await ShouldTotalAsync([Events.One("a", 1), Events.One("a", 3), Events.One("a", 5)]);
        await ShouldBeEmptyAsync();
        var file = Path.Combine(_data, "quarantine", "2026-11-21.jsonl");
        var aside = (await File.ReadAllLinesAsync(file, Token)).Select(line => JsonNode.Parse(line)!).ToList();
        aside.Select(line => (string?)line["batch"]).ShouldBe([null, "a.1-3", "a.4-5", "a.4-5"]);
        ((string?)aside[0]["base64"]).ShouldBe("//4A");
        ((string?)aside[1]["text"])!.ShouldStartWith("{\"id\":\"a.2,");
        ((string?)aside[2]["reason"]).ShouldBe("The event b.4 does not belong to its batch.");
        Messages.Where(message => message.StartsWith($"Usage that cannot be booked was put aside in {file}:", StringComparison.Ordinal)).Count().ShouldBe(4);
    }

    [Fact]
    public async Task What_contradicts_itself_or_the_clock_is_put_right_and_said()
    {
        var events = new List<UsageEvent>
        {
            Events.One("a", 1) with { Tokens = new UsageTokens(-5, 3, 0, 2) },
            Events.One("a", 2, Events.Noon.AddDays(2)),
            Events.One("a", 3, Events.Noon.AddDays(-500)),
            Events.One("a", 4, Events.Noon.AddHours(-40)),
            Events.One("a", 5) with { CostNanoUsd = -1, Tenant = null },
        };
        var pusher = new Pusher(_redis, "a", 10);
        await pusher.PushTextAsync(Pusher.Text("a", 1, 5, [.. events, events[0]]));
        await pusher.UntilKeptAsync(5, Token);

        var report = await UsageAsync("?from=2026-11-01&by=day");
        report["data"]!.AsArray().Select(row => ((string?)row!["day"], (long)row["requests"]!)).ShouldBe([("2026-11-19", 1), ("2026-11-21", 4)]);
        ((long)report["total"]!["input_tokens"]!).ShouldBe(0 + 102 + 103 + 104 + 105);
        ((long)report["total"]!["unknown_cost_requests"]!).ShouldBe(2);
        Messages.ShouldContain("Event a.1 of request req_1 came twice in one batch: counted once.");
        Messages.Where(message => message.Contains("was put right")).Select(message => message.Split(' ')[1]).ShouldBe(["a.1", "a.2", "a.3", "a.5"]);
        (await File.ReadAllTextAsync(Path.Combine(_data, "ledger", "2026-11-21.jsonl"), Token)).ShouldContain("\"claimed\":{\"at\":\"2026-11-23T12:00:00+00:00\"}");
    }

    [Fact]
    public async Task What_was_taken_and_not_kept_is_taken_in_at_the_next_start()
    {
        await _worker.DisposeAsync();
        await _redis.GetDatabase().ListLeftPushAsync(UsageTransport.Processing, Pusher.Text("a", 1, 10, Events.Many("a", 1, 10)));
        await _redis.GetDatabase().ListLeftPushAsync(UsageTransport.Processing, Pusher.Text("a", 11, 20, Events.Many("a", 11, 20)));
        await new Pusher(_redis, "a", 10).PushAsync(21, 30);
        _worker = await StartAsync();
        await new Pusher(_redis, "a", 10).UntilKeptAsync(30, Token);

        await ShouldTotalAsync(Events.Many("a", 1, 30));
        await ShouldBeEmptyAsync();
    }

    [Fact]
    public async Task Redis_may_go_and_come_back_without_what_it_knew()
    {
        var pusher = new Pusher(_redis, "a", 100);
        await pusher.DeliverAsync(1_000, Token);
        await _server.KillAsync();
        await UntilHealthAsync("\"redis\":\"degraded\"");

        await _server.StartAsync();
        await UntilHealthAsync("\"redis\":\"ok\"");
        await _redis.GetDatabase().ExecuteAsync("FLUSHALL");
        await new Pusher(_redis, "a", 100).DeliverAsync(2_000, Token);

        await ShouldTotalAsync(Events.Many("a", 1, 2_000));
        Messages.Count(message => message.StartsWith("Usage waits in Redis", StringComparison.Ordinal)).ShouldBe(1);
        Messages.Count(message => message.StartsWith("Usage is taken in again", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_ledger_that_lost_what_was_acknowledged_says_so_and_goes_on()
    {
        await _worker.DisposeAsync();
        await _redis.GetDatabase().HashSetAsync(UsageTransport.Kept, "a", 40);
        _worker = await StartAsync();
        var pusher = new Pusher(_redis, "a", 10);
        await pusher.PushAsync(41, 50);
        await pusher.UntilKeptAsync(50, Token);

        await ShouldTotalAsync(Events.Many("a", 41, 50));
        Messages.ShouldContain("Events 1 to 40 of journal a were acknowledged once and are not in this ledger: it was exchanged, or lost them. Going on after them.");
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_written_leaves_usage_in_Redis_and_says_it_once()
    {
        var records = Path.Combine(_data, "ledger", "2026-11-21.jsonl");
        Directory.CreateDirectory(records);
        var pusher = new Pusher(_redis, "a", 10);
        await pusher.PushAsync(1, 10);
        await UntilHealthAsync("\"ledger\":\"degraded\"");
        (await _redis.GetDatabase().ListLengthAsync(UsageTransport.Processing)).ShouldBe(1);

        Directory.Delete(records);
        await pusher.UntilKeptAsync(10, Token);
        await UntilHealthAsync("\"ledger\":\"ok\"");

        await ShouldTotalAsync(Events.Many("a", 1, 10));
        Messages.Count(message => message.StartsWith("Usage waits in Redis, because of the ledger", StringComparison.Ordinal)).ShouldBe(1);
        Messages.ShouldContain("Usage is taken in again; the trouble with the ledger is over.");
    }

    [Fact]
    public async Task Without_Redis_it_says_so_and_serves_reports()
    {
        await new Pusher(_redis, "a", 10).DeliverAsync(20, Token);
        await using var alone = await CostHost.StartAsync(_data, redisPort: null, _clock);
        using var admin = alone.AdminClient();

        var report = JsonNode.Parse(await admin.GetStringAsync("/usage", Token))!;

        ((long)report["total"]!["requests"]!).ShouldBe(20);
        alone.Log.Lines.Select(line => line.Message).ShouldContain(message => message.StartsWith("No Redis is configured", StringComparison.Ordinal));
    }

    private IEnumerable<string> Messages => _worker.Log.Lines.Select(line => line.Message);

    private Task<CostHost> StartAsync() => CostHost.StartAsync(_data, _server.Port, _clock);

    private async Task<JsonNode> UsageAsync(string query)
    {
        using var admin = _worker.AdminClient();
        return JsonNode.Parse(await admin.GetStringAsync("/usage" + query, Token))!;
    }

    private async Task ShouldTotalAsync(IEnumerable<UsageEvent> events)
    {
        var sums = Events.Sum(events);
        var total = (await UsageAsync("?from=2026-11-01&to=2026-11-30"))["total"]!;
        ((long)total["requests"]!).ShouldBe((long)sums.Requests);
        ((long)total["input_tokens"]!).ShouldBe((long)sums.InputTokens);
        ((long)total["output_tokens"]!).ShouldBe((long)sums.OutputTokens);
        ((string)total["cost_usd"]!).ShouldBe(global::Cost.Worker.Reports.Money.Usd(sums.CostNanoUsd));
    }

    private async Task ShouldBeEmptyAsync()
    {
        var database = _redis.GetDatabase();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (await database.ListLengthAsync(UsageTransport.Waiting) + await database.ListLengthAsync(UsageTransport.Processing) > 0)
        {
            await tick.WaitForNextTickAsync(Token);
        }
    }

    // Asking again is the only signal there is.
    private async Task UntilHealthAsync(string words)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            using var ready = await _worker.Http.GetAsync("/health/ready", Token);
            ready.EnsureSuccessStatusCode();
            if ((await ready.Content.ReadAsStringAsync(Token)).Contains(words, StringComparison.Ordinal))
            {
                return;
            }

            await tick.WaitForNextTickAsync(Token);
        }
    }
}
