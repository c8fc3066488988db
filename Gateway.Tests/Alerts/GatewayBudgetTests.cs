using Cost.Worker.Alerts.Gateways;
using Cost.Worker.Configuration;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Alerts;

[Trait("Requirement", "G4.3")]
public sealed class GatewayBudgetTests
{
    private static readonly ShownConfiguration.Section Section = new(
        new Dictionary<string, ShownConfiguration.Limits> { ["acme"] = new(null, 500) },
        new Dictionary<string, ShownConfiguration.Limits> { ["free"] = new(1, 5) });

    private static readonly KeyList.Entry[] Keys =
    [
        new("key_own", "acme", User: null, Tier: null, "active", new(7, "month")),
        new("key_daily", "acme", User: null, "free", "active", new(2, "day")),
        new("key_jane_1", "acme", "jane", "free", "active", Budget: null),
        new("key_jane_2", "acme", "jane", "free", "active", Budget: null),
        new("key_gone", "acme", User: null, "free", "revoked", new(9, "month")),
    ];

    [Fact]
    public void Those_of_tenants_and_of_keys_that_may_be_used_are_watched() => GatewayBudgets.Of(Section, Keys, withTiers: false).ShouldBe(
        new Dictionary<string, BudgetOptions>
        {
            ["tenant acme, month"] = new() { Tenant = "acme", Usd = 500 },
            ["key key_own, month"] = new() { Key = "key_own", Usd = 7 },
            ["key key_daily, day"] = new() { Key = "key_daily", Usd = 2, Period = BudgetPeriod.Day },
        },
        ignoreOrder: true);

    [Fact]
    public void By_choice_also_what_tiers_give_each_user_and_each_key_without_one_but_for_what_a_key_states_itself() =>
        GatewayBudgets.Of(Section, Keys, withTiers: true).Where(pair => !pair.Key.StartsWith("tenant", StringComparison.Ordinal)).ShouldBe(
            new Dictionary<string, BudgetOptions>
            {
                ["key key_own, month"] = new() { Key = "key_own", Usd = 7 },
                ["key key_daily, day"] = new() { Key = "key_daily", Usd = 2, Period = BudgetPeriod.Day },
                ["key key_daily, month"] = new() { Key = "key_daily", Usd = 5 },
                ["user acme/jane, day"] = new() { Tenant = "acme", User = "jane", Usd = 1, Period = BudgetPeriod.Day },
                ["user acme/jane, month"] = new() { Tenant = "acme", User = "jane", Usd = 5 },
            },
            ignoreOrder: true);
}
