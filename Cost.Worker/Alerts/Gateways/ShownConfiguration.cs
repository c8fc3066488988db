namespace Cost.Worker.Alerts.Gateways;

/// <summary>Of <c>GET /admin/config</c> what is about budgets.</summary>
internal sealed record ShownConfiguration(ShownConfiguration.Section? Gateway)
{
    internal sealed record Section(IReadOnlyDictionary<string, Limits>? Tenants, IReadOnlyDictionary<string, Limits>? Tiers);

    internal sealed record Limits(decimal? DailyBudgetUsd, decimal? MonthlyBudgetUsd);
}
