using System.Globalization;

namespace Gateway.Api.Configuration;

/// <summary>Checks tiers, and the rules that apply past a budget's soft threshold; numbers by themselves are checked by their attributes.</summary>
internal static class UsageLimitsValidator
{
    private const int MostTokens = 1_000_000;
    private const int MostRequests = 10_000_000;

    public static void ValidateTier(string key, TierOptions tier, GatewayOptions options, List<string> faults)
    {
        for (var i = 0; i < tier.Models.Count; i++)
        {
            RequireAlias($"{key}:Models:{i}", tier.Models[i], options, faults);
        }
    }

    public static void ValidateBudgets(string key, BudgetsOptions budgets, List<string> faults)
    {
        if (budgets.CheapBelowUsd > budgets.ExpensiveFromUsd)
        {
            faults.Add(FormattableString.Invariant($"{key}: CheapBelowUsd ({budgets.CheapBelowUsd}) must not be more than ExpensiveFromUsd ({budgets.ExpensiveFromUsd})."));
        }
    }

    public static void ValidateRule(string key, CostRule rule, GatewayOptions options, List<string> faults)
    {
        switch (rule.Action)
        {
            case CostAction.Slow when rule.RequestsPerMinute is not (>= 1 and <= MostRequests):
                faults.Add($"{key}:RequestsPerMinute is {rule.RequestsPerMinute?.ToString(CultureInfo.InvariantCulture) ?? "missing"}; Slow wants 1 to {MostRequests}.");
                break;
            case CostAction.CapOutput when rule.MaxOutputTokens is not (>= 1 and <= MostTokens):
                faults.Add($"{key}:MaxOutputTokens is {rule.MaxOutputTokens?.ToString(CultureInfo.InvariantCulture) ?? "missing"}; CapOutput wants 1 to {MostTokens}.");
                break;
            case CostAction.Reroute:
                RequireAlias($"{key}:Alias", rule.Alias, options, faults);
                break;
        }
    }

    private static void RequireAlias(string key, string? alias, GatewayOptions options, List<string> faults)
    {
        if (alias is null || !options.Models.ContainsKey(alias))
        {
            faults.Add($"{key} is '{alias}'; allowed: {string.Join(", ", options.Models.Keys.Order(StringComparer.Ordinal))}.");
        }
    }
}
