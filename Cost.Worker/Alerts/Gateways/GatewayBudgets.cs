using Cost.Worker.Configuration;

namespace Cost.Worker.Alerts.Gateways;

/// <summary>What the gateway holds spend against, as budgets by name. A key's own budget takes the place of its tier's.</summary>
internal static class GatewayBudgets
{
    /// <param name="withTiers">Whether those are wanted that tiers give each of their users, and each key without one.</param>
    public static IReadOnlyDictionary<string, BudgetOptions> Of(ShownConfiguration.Section? section, IReadOnlyList<KeyList.Entry> keys, bool withTiers)
    {
        var budgets = new Dictionary<string, BudgetOptions>(StringComparer.Ordinal);
        foreach (var (tenant, limits) in section?.Tenants ?? new Dictionary<string, ShownConfiguration.Limits>())
        {
            Add(budgets, $"tenant {tenant}", new BudgetOptions { Tenant = tenant }, limits);
        }

        foreach (var key in keys.Where(key => key.IsActive))
        {
            if (key.Budget is { } own)
            {
                Add(budgets, $"key {key.Id}", new BudgetOptions { Key = key.Id }, new(own.IsDaily ? own.Usd : null, own.IsDaily ? null : own.Usd));
            }

            if (withTiers && key.Tier is not null && section?.Tiers?.GetValueOrDefault(key.Tier) is { } tier)
            {
                var (name, owner) = key.User is { } user ? ($"user {key.Tenant}/{user}", new BudgetOptions { Tenant = key.Tenant, User = user }) : ($"key {key.Id}", new BudgetOptions { Key = key.Id });
                Add(budgets, name, owner, new(key.Budget is { IsDaily: true } ? null : tier.DailyBudgetUsd, key.Budget is { IsDaily: false } ? null : tier.MonthlyBudgetUsd));
            }
        }

        return budgets;
    }

    private static void Add(Dictionary<string, BudgetOptions> budgets, string name, BudgetOptions owner, ShownConfiguration.Limits limits)
    {
        if (limits.DailyBudgetUsd is { } day)
        {
            budgets[$"{name}, day"] = owner with { Usd = day, Period = BudgetPeriod.Day };
        }

        if (limits.MonthlyBudgetUsd is { } month)
        {
            budgets[$"{name}, month"] = owner with { Usd = month, Period = BudgetPeriod.Month };
        }
    }
}
