using Cost.Worker.Alerts.Gateways;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Alerts;

/// <summary>What the gateway's admin API says, and what a webhook is told of it.</summary>
[Trait("Requirement", "G4.3")]
public sealed class GatewayAlertTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("alerts-").FullName;
    private ScriptedGateway _gateway = null!;
    private WebhookReceiver _receiver = null!;
    private CostHost _worker = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _gateway = await ScriptedGateway.StartAsync();
        _receiver = await WebhookReceiver.StartAsync();
        _worker = await CostHost.StartAsync(
            _data, redisPort: null, time: null,
            [
                ("Alerts:Gateway", _gateway.Address.AbsoluteUri), ("Alerts:EverySeconds", "0.1"), ("Alerts:ResolveAfterSeconds", "0"),
                ("Alerts:Sinks:ops:Type", "Webhook"), ("Alerts:Sinks:ops:Url", _receiver.Address.AbsoluteUri),
                ("Alerts:Sinks:ops:Secret", "env:WEBHOOK_SECRET"), ("Alerts:Sinks:ops:AllowPrivate", "true"), ("WEBHOOK_SECRET", "sesame"),
            ]);
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        await _receiver.DisposeAsync();
        await _gateway.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task A_target_whose_attempts_all_fail_is_down_until_one_succeeds()
    {
        await _gateway.AskedAsync(2, Token);
        _gateway.Set("phi", "local/phi", attempts: 3, failures: 3);
        (await ToldAsync()).ShouldBe("alert.raised target_down phi local/phi critical: local/phi does not serve phi, and no other target does: its last 3 attempts failed.");

        _gateway.Set("phi", "local/phi", attempts: 5, failures: 4);
        (await ToldAsync()).ShouldStartWith("alert.resolved target_down phi local/phi critical");
    }

    [Fact]
    public async Task With_another_target_it_is_a_warning_and_what_nobody_gave_credentials_to_is_not_down()
    {
        _gateway.Set("phi", "openai/gpt", available: false, reason: "There is no API key.");
        _gateway.Set("phi", "bedrock/claude");
        await _gateway.AskedAsync(2, Token);
        _gateway.Set("phi", "local/phi", available: false, reason: "Its credentials were refused.");

        (await ToldAsync()).ShouldBe("alert.raised target_down phi local/phi warning: local/phi does not serve phi; other targets do: Its credentials were refused.");
        using var admin = _worker.AdminClient();
        (await admin.GetStringAsync("/alerts", Token)).ShouldNotContain("openai/gpt");
    }

    [Fact]
    public async Task A_journal_that_grows_is_told_of()
    {
        _gateway.JournalEvents = 10_000;
        (await ToldAsync()).ShouldBe("alert.raised journal gateway warning: 10000 usage events wait in the gateway's journal for the ledger.");
    }

    [Fact]
    public async Task A_gateway_that_answered_and_does_not_any_more_is_told_of()
    {
        await _gateway.AskedAsync(2, Token);
        _gateway.FailsWith = 500;
        var told = await ToldAsync();
        told.ShouldStartWith("alert.raised gateway_down gateway warning: The gateway has not answered for ");
        told.ShouldEndWith("it answers with HTTP 500.");
    }

    [Fact]
    public void A_gateway_that_was_restarted_does_not_seem_to_have_succeeded()
    {
        var history = new TargetHistory(new ManualTime());
        Look(history, attempts: 10, failures: 5).FailedInARow.ShouldBe(0);
        Look(history, attempts: 14, failures: 9).FailedInARow.ShouldBe(4);
        Look(history, attempts: 2, failures: 2).FailedInARow.ShouldBe(0);
        Look(history, attempts: 5, failures: 5).FailedInARow.ShouldBe(3);
        Look(history, attempts: 5, failures: 5).IsDown.ShouldBeTrue();
    }

    [Fact]
    public void A_target_that_nobody_calls_any_more_is_not_known_to_be_down()
    {
        var time = new ManualTime();
        var history = new TargetHistory(time);
        Look(history, attempts: 0, failures: 0);
        Look(history, attempts: 9, failures: 9).IsDown.ShouldBeTrue();
        time.Advance(TimeSpan.FromMinutes(10));
        Look(history, attempts: 9, failures: 9).IsDown.ShouldBeTrue();
        time.Advance(TimeSpan.FromSeconds(1));
        Look(history, attempts: 9, failures: 9).IsDown.ShouldBeFalse();
    }

    private static TargetView Look(TargetHistory history, long attempts, long failures) =>
        history.Look([new TargetCounts("phi", "local/phi", Available: true, Reason: null, "closed", attempts, failures)]).Single();

    private async Task<string> ToldAsync()
    {
        var delivery = await _receiver.TakeAsync(Token);
        return $"{delivery.Summary}: {(string)delivery.Json["alert"]!["summary"]!}";
    }
}
