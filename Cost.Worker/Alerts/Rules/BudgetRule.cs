using System.Globalization;
using Cost.Worker.Alerts.Gateways;
using Cost.Worker.Configuration;
using Cost.Worker.Traffic;

namespace Cost.Worker.Alerts.Rules;

/// <summary>Budgets of which much is spent.</summary>
internal sealed class BudgetRule(Budgets budgets, GatewayWatch gateway, SpendBook spend, AlertsOptions options) : IAlertRule
{
    public string Name => "budget";

    public bool IsCertain => spend.HasBegun && gateway.IsKnown;

    public IEnumerable<Finding> Evaluate()
    {
        var (info, warning, critical) = (options.BudgetThresholds.Info, options.BudgetThresholds.Warning, options.BudgetThresholds.Critical);
        foreach (var (name, budget) in budgets.All())
        {
            var spent = spend.SpentUsd(budget);
            var part = (double)(spent / budget.Usd);
            yield return new Finding(
                Name, name, string.Create(CultureInfo.InvariantCulture, $"{spent:0.00####} of {budget.Usd:0.00####} USD of this {PeriodText(budget)} are spent ({part:P0}) by {Whose(budget)}."),
                new Level(Severity.Info, part, info), new Level(Severity.Warning, part, warning), new Level(Severity.Critical, part, critical));
        }
    }

    private static string PeriodText(BudgetOptions budget) => budget.Period == BudgetPeriod.Month ? "month" : "day";

    private static string Whose(BudgetOptions budget) =>
        budget.Key is not null ? $"the key {budget.Key}"
        : budget.User is not null ? $"the user {budget.User}{(budget.Tenant is null ? "" : $" of the tenant {budget.Tenant}")}"
        : $"{(budget.Tenant is null ? "all tenants" : $"the tenant {budget.Tenant}")}{(budget.Alias is null ? "" : $" for {budget.Alias}")}";
}
