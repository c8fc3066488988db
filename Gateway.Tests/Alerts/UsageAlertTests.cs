using Gateway.Tests.Cost;
using Gateway.Tests.Hosts;
using Gateway.Tests.Ledger;
using ServiceDefaults.Usage;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Alerts;

/// <summary>What comes in over a real Redis, and what a webhook is told of it.</summary>
[Trait("Requirement", "G4.3")]
[Trait("Requirement", "D3.4")]
public sealed class UsageAlertTests : IAsyncLifetime
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(10);

    private DeliveredUsage _usage = null!;
    private WebhookReceiver _receiver = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _usage = await DeliveredUsage.StartAsync(Events.Noon);
        _receiver = await WebhookReceiver.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _usage.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Requests_that_fail_are_told_of_within_ten_seconds_and_those_that_callers_are_at_fault_for_are_not()
    {
        await using var worker = await StartAsync();
        await _usage.DeliverAsync("refused", 1_000, one => one with { Status = UsageStatus.Refused, HttpStatus = 429 });
        var began = TimeProvider.System.GetTimestamp();
        await _usage.DeliverAsync("failed", 20, one => one with { Status = one.Id.Sequence % 2 == 0 ? UsageStatus.Failed : UsageStatus.Ok, HttpStatus = one.Id.Sequence % 2 == 0 ? 502 : 200 });

        (await ToldAsync()).ShouldBe("alert.raised error_rate phi-3-mini critical: 10 of 20 requests for phi-3-mini failed within 5 min (50.0 %).");
        TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(Promised);

        _usage.Clock.Now += TimeSpan.FromMinutes(6);
        (await ToldAsync()).ShouldStartWith("alert.resolved error_rate phi-3-mini critical");
    }

    [Fact]
    public async Task A_99th_percentile_above_the_limit_is_told_of()
    {
        await using var worker = await StartAsync();
        await _usage.DeliverAsync("a", 200, one => one with { Status = UsageStatus.Ok, Batch = false, DurationMicroseconds = one.Id.Sequence % 100 < 2 ? 5_000_001 : 5_000_000 });

        (await ToldAsync()).ShouldBe("alert.raised latency phi-3-mini warning: p99 of phi-3-mini is above 5 s: 4 of 200 requests within 5 min took longer (2.0 %).");
    }

    [Fact]
    public async Task A_budget_is_told_of_at_each_threshold_also_when_the_ledger_knew_of_its_spend_before()
    {
        await using (await StartAsync())
        {
            await _usage.DeliverAsync("a", 1, Costs(15), last: 60);
        }

        await using var worker = await StartAsync(("Alerts:Budgets:acme:Tenant", "acme"), ("Alerts:Budgets:acme:Usd", "3000"), ("Alerts:Sinks:ops:Severity", "Info"));
        await _usage.DeliverAsync("b", 1, Costs(600), last: 1);
        (await ToldAsync()).ShouldBe("alert.raised budget acme info: 1500.00 of 3000.00 USD of this month are spent (50 %) by the tenant acme.");
        await _usage.DeliverAsync("c", 1, Costs(1_500), last: 1);
        (await ToldAsync()).ShouldBe("alert.escalated budget acme critical: 3000.00 of 3000.00 USD of this month are spent (100 %) by the tenant acme.");

        _usage.Clock.Now = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);
        (await ToldAsync()).ShouldStartWith("alert.resolved budget acme critical");
    }

    [Fact]
    public async Task A_budget_of_the_gateways_tenant_is_known()
    {
        await using var gateway = await ScriptedGateway.StartAsync();
        gateway.Tenants = new() { ["globex"] = new System.Text.Json.Nodes.JsonObject { ["DailyBudgetUsd"] = 10 } };
        await using var worker = await StartAsync(("Alerts:Gateway", gateway.Address.AbsoluteUri));
        await _usage.DeliverAsync("a", 1, one => Costs(9)(one) with { Tenant = "globex" }, last: 1);

        (await ToldAsync()).ShouldBe("alert.raised budget tenant globex, day warning: 9.00 of 10.00 USD of this day are spent (90 %) by the tenant globex.");
    }

    [Fact]
    public async Task A_budget_of_one_of_the_gateways_keys_is_known_and_holds_only_its_spend()
    {
        await using var gateway = await ScriptedGateway.StartAsync();
        gateway.Keys = [Key("key_other", 1_000), Key("key_small", 10)];
        await using var worker = await StartAsync(("Alerts:Gateway", gateway.Address.AbsoluteUri));
        await _usage.DeliverAsync("a", 1, one => Costs(100)(one) with { Key = "key_other" }, last: 1);
        await _usage.DeliverAsync("b", 1, one => Costs(8)(one) with { Key = "key_small" }, last: 1);

        (await ToldAsync()).ShouldBe("alert.raised budget key key_small, month warning: 8.00 of 10.00 USD of this month are spent (80 %) by the key key_small.");

        static System.Text.Json.Nodes.JsonObject Key(string id, int usd) => new()
        {
            ["id"] = id, ["tenant"] = "acme", ["status"] = "active", ["budget"] = new System.Text.Json.Nodes.JsonObject { ["usd"] = usd, ["period"] = "month" },
        };
    }

    [Fact]
    public async Task A_budget_of_a_user_holds_what_all_its_keys_spend_also_when_the_ledger_knew_of_it_before()
    {
        await using (await StartAsync())
        {
            await _usage.DeliverAsync("a", 1, one => Costs(4)(one) with { User = "jane" }, last: 1);
        }

        await using var worker = await StartAsync(("Alerts:Budgets:jane:User", "jane"), ("Alerts:Budgets:jane:Tenant", "acme"), ("Alerts:Budgets:jane:Usd", "10"));
        await _usage.DeliverAsync("b", 1, one => Costs(20)(one) with { User = "jack" }, last: 1);
        await _usage.DeliverAsync("c", 1, one => Costs(20)(one) with { User = "jane", Tenant = "globex" }, last: 1);
        await _usage.DeliverAsync("d", 1, one => Costs(5)(one) with { User = "jane", Key = "key_other" }, last: 1);

        (await ToldAsync()).ShouldBe("alert.raised budget jane warning: 9.00 of 10.00 USD of this month are spent (90 %) by the user jane of the tenant acme.");
    }

    [Fact]
    public async Task Spend_far_above_what_it_was_is_told_of()
    {
        await using var worker = await StartAsync();
        await _usage.DeliverAsync("before", 1, one => Costs(10 + (one.Id.Sequence % 3))(one) with { Tenant = null, At = Events.Noon.AddHours(-one.Id.Sequence) }, last: 72);
        await _usage.DeliverAsync("now", 1, one => Costs(100)(one) with { Tenant = null }, last: 1);

        (await ToldAsync()).ShouldStartWith("alert.raised spend_anomaly all critical: 100.00 USD were spent within the last hour by all tenants together; the median of the 71 hours before is 11.00 USD");
    }

    [Fact]
    public async Task A_ledger_that_is_behind_is_told_of()
    {
        await using var worker = await StartAsync(("Alerts:LedgerLag:WarningSeconds", "2"));
        await _usage.Server.KillAsync();

        (await ToldAsync()).ShouldStartWith("alert.raised ledger_lag ledger warning: For 2 s the ledger has not had all usage that was delivered; redis: ");
    }

    private static Func<UsageEvent, UsageEvent> Costs(decimal usd) => one => one with { Tenant = "acme", Status = UsageStatus.Ok, CostNanoUsd = (long)(usd * 1_000_000_000) };

    private async Task<string> ToldAsync()
    {
        var delivery = await _receiver.TakeAsync(Token);
        return $"{delivery.Summary}: {(string)delivery.Json["alert"]!["summary"]!}";
    }

    private Task<CostHost> StartAsync(params (string Key, string Value)[] settings) => _usage.StartWorkerAsync(
        [
            ("Alerts:EverySeconds", "0.1"), ("Alerts:ResolveAfterSeconds", "0"), ("Alerts:Sinks:ops:Type", "Webhook"), ("Alerts:Sinks:ops:Url", _receiver.Address.AbsoluteUri),
            ("Alerts:Sinks:ops:Secret", "env:WEBHOOK_SECRET"), ("Alerts:Sinks:ops:AllowPrivate", "true"), ("WEBHOOK_SECRET", "sesame"), .. settings,
        ]);
}
