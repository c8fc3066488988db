using System.Text.Json.Nodes;
using Gateway.Tests.Alerts;
using Gateway.Tests.Cost;
using Gateway.Tests.Hosts;
using Gateway.Tests.Ledger;
using Gateway.Tests.Redis;
using ServiceDefaults.Usage;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Objectives;

public sealed class ObjectiveEndpointTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("objectives-").FullName;
    private ServerProcess _server = null!;
    private WebhookReceiver _receiver = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServers.StartRedisAsync();
        _receiver = await WebhookReceiver.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _receiver.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    [Trait("Requirement", "G4.4")]
    public async Task A_budget_that_burns_is_shown_and_told_of()
    {
        var clock = new StoppedClock(Events.Noon);
        await using var worker = await CostHost.StartAsync(
            _data, _server.Port, clock,
            [
                ("Objectives:chat:Alias", "phi-3-mini"), ("Objectives:chat:Indicator", "Availability"), ("Objectives:chat:TargetPercent", "99"), ("Objectives:chat:WindowDays", "28"),
                ("Alerts:EverySeconds", "0.1"), ("Alerts:ErrorRate:Warning", "1"), ("Alerts:ErrorRate:Critical", "1"), ("Alerts:Sinks:ops:Type", "Webhook"),
                ("Alerts:Sinks:ops:Url", _receiver.Address.AbsoluteUri), ("Alerts:Sinks:ops:Secret", "env:WEBHOOK_SECRET"), ("Alerts:Sinks:ops:AllowPrivate", "true"), ("WEBHOOK_SECRET", "sesame"),
            ]);
        await using var redis = await Redis.Clients.ConnectAsync(_server.Port);
        await new Pusher(redis, "a", 100, Make).DeliverAsync(100, Token);

        var told = await _receiver.TakeAsync(Token);
        told.Summary.ShouldBe("alert.raised objective chat critical");
        ((string)told.Json["alert"]!["summary"]!).ShouldBe("The error budget of chat (99 % over 28 days) goes 20.0 times as fast as it may, over both 1h and 5m (threshold 14.4); nothing of it is left.");
        using var admin = worker.AdminClient();
        var shown = JsonNode.Parse(await admin.GetStringAsync("/objectives", Token))!;
        ((bool)shown["restored"]!).ShouldBeTrue();
        var chat = shown["data"]!.AsArray().Single()!;
        ((string)chat["indicator"]!, (long)chat["requests"]!, (long)chat["bad_requests"]!, (double)chat["attained_percent"]!).ShouldBe(("availability", 100, 20, 80d));
        ((double)chat["burn_rates"]!["1h"]!).ShouldBe(20, 1e-9);
    }

    private static UsageEvent Make(long number) =>
        Events.One("a", number) with { Status = number % 5 == 0 ? UsageStatus.Failed : UsageStatus.Ok, HttpStatus = number % 5 == 0 ? 502 : 200 };
}
