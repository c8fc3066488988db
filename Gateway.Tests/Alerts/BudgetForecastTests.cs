using Gateway.Tests.Forecasts;
using Gateway.Tests.Hosts;
using Gateway.Tests.Ledger;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Alerts;

public sealed class BudgetForecastTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "G4.3")]
    public async Task A_budget_that_will_be_overspent_is_told_of_and_one_that_will_do_is_not()
    {
        await using var spend = await SpendLedger.CreateAsync(Token);
        await spend.AddAsync("acme", 60, _ => 10, Token);
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var worker = await CostHost.StartAsync(
            spend.Folder, redisPort: null, new StoppedClock(Events.Noon),
            [
                ("Alerts:EverySeconds", "0.1"), ("Alerts:Budgets:enough:Tenant", "acme"), ("Alerts:Budgets:enough:Usd", "310"), ("Alerts:Budgets:scant:Tenant", "acme"), ("Alerts:Budgets:scant:Usd", "250"),
                ("Alerts:Sinks:ops:Type", "Webhook"), ("Alerts:Sinks:ops:Url", receiver.Address.AbsoluteUri), ("Alerts:Sinks:ops:Secret", "env:WEBHOOK_SECRET"), ("Alerts:Sinks:ops:AllowPrivate", "true"),
                ("WEBHOOK_SECRET", "sesame"),
            ]);

        var told = await receiver.TakeAsync(Token);

        told.Summary.ShouldBe("alert.raised budget_forecast scant critical");
        ((string)told.Json["alert"]!["summary"]!).ShouldBe("By the end of the month 300.00 USD are forecast to be spent (300.00 to 300.00 with 90 % probability), and the budget is 250.00 USD. It runs out on 2026-11-25.");
        using var admin = worker.AdminClient();
        (await admin.GetStringAsync("/alerts", Token)).ShouldNotContain("enough");
    }

    [Fact]
    [Trait("Requirement", "G4.3")]
    public async Task So_is_one_of_a_key_with_the_day_on_which_it_runs_out()
    {
        await using var spend = await SpendLedger.CreateAsync(Token);
        await spend.AddAsync("acme", 60, _ => 10, Token);
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var worker = await CostHost.StartAsync(
            spend.Folder, redisPort: null, new StoppedClock(Events.Noon),
            [
                ("Alerts:EverySeconds", "0.1"), ("Alerts:Budgets:scant:Key", SpendLedger.Key), ("Alerts:Budgets:scant:Usd", "250"), ("Alerts:Sinks:ops:Severity", "Critical"),
                ("Alerts:Sinks:ops:Type", "Webhook"), ("Alerts:Sinks:ops:Url", receiver.Address.AbsoluteUri), ("Alerts:Sinks:ops:Secret", "env:WEBHOOK_SECRET"), ("Alerts:Sinks:ops:AllowPrivate", "true"),
                ("WEBHOOK_SECRET", "sesame"),
            ]);

        var told = await receiver.TakeAsync(Token);

        told.Summary.ShouldBe("alert.raised budget_forecast scant critical");
        ((string)told.Json["alert"]!["summary"]!).ShouldEndWith("It runs out on 2026-11-25.");
    }
}
