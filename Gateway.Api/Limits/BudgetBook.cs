using Gateway.Api.Access;
using Gateway.Api.Configuration;

namespace Gateway.Api.Limits;

/// <summary>Every budget that somebody known has, and how it stands where it is counted.</summary>
internal sealed class BudgetBook(KeyStore keys, LimitScopes scopes, LiveConfiguration configuration, ILimitStore store)
{
    /// <summary>The fullest first; null where that cannot be looked up at present.</summary>
    public async Task<IReadOnlyList<Budget>?> ReadAsync(CancellationToken cancellationToken)
    {
        var holders = Holders().DistinctBy(holder => (holder.Placed.Place, holder.Placed.Scope.Name)).ToList();
        return await store.ReadSpendAsync([.. holders.Select(holder => holder.Placed)], cancellationToken) is { } spent
            ? [.. holders.Zip(spent, BudgetsOf).SelectMany(budgets => budgets).OrderByDescending(budget => budget.Share).ThenBy(budget => budget.Owner, StringComparer.Ordinal)]
            : null;
    }

    /// <summary>Whoever has a budget; a user once for each key.</summary>
    public IEnumerable<BudgetHolder> Holders()
    {
        var options = configuration.Current;
        foreach (var tenant in options.Tenants.Keys)
        {
            foreach (var placed in Budgeted(scopes.OfTenant(tenant)))
            {
                yield return new BudgetHolder(placed, Budget.OfTenant, tenant, tenant, tenant, Tier: null);
            }
        }

        foreach (var alias in options.Models.Keys)
        {
            foreach (var placed in Budgeted(scopes.OfModel(alias)))
            {
                yield return new BudgetHolder(placed, Budget.OfModel, alias, alias, Tenant: null, Tier: null);
            }
        }

        foreach (var key in keys.All.Where(key => key.RevokedAt is null))
        {
            foreach (var placed in Budgeted(scopes.OfCaller(key)))
            {
                switch (placed.Scope.Name[0])
                {
                    case 'k':
                        yield return new BudgetHolder(placed, Budget.OfKey, key.Id, key.Name, key.Tenant, key.Tier) { Key = key.Id };
                        break;
                    case 'u':
                        yield return new BudgetHolder(placed, Budget.OfUser, key.User!, key.User!, key.Tenant, key.Tier) { Key = key.Id };
                        break;
                }
            }
        }
    }

    private static IEnumerable<PlacedScope> Budgeted(ScopeGroup? group) =>
        group is { HasBudget: true } ? group.Scopes.Where(scope => scope.HasBudget).Select(scope => new PlacedScope(group.Place, scope)) : [];

    private static IEnumerable<Budget> BudgetsOf(BudgetHolder holder, ScopeSpend spend)
    {
        var (scope, kind, owner, name, tenant, tier) = (holder.Placed.Scope, holder.Kind, holder.Owner, holder.Name, holder.Tenant, holder.Tier);
        if (scope.DailyNanoUsd > 0)
        {
            yield return new Budget(kind, owner, name, tenant, tier, IsMonth: false, scope.DailyNanoUsd, spend.Today, spend.Held);
        }

        if (scope.MonthlyNanoUsd > 0)
        {
            yield return new Budget(kind, owner, name, tenant, tier, IsMonth: true, scope.MonthlyNanoUsd, spend.ThisMonth, spend.Held);
        }
    }
}
