using Cost.Worker.Alerts.Gateways;
using Cost.Worker.Configuration;

namespace Cost.Worker.Alerts.Rules;

/// <summary>The budgets that are known: those of the configuration, and those that the gateway's tenants, keys and, by choice, tiers have.</summary>
internal sealed class Budgets(AlertsOptions options, GatewayWatch gateway)
{
    public IEnumerable<KeyValuePair<string, BudgetOptions>> All() => options.Budgets.Concat(gateway.View.Budgets);
}
