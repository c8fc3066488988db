using System.Runtime.InteropServices;
using Cost.Worker.Configuration;

namespace Cost.Worker.Traffic;

/// <summary>What was spent in one day or month, by all that a budget may be for.</summary>
internal sealed class PeriodSpend
{
    private readonly Dictionary<(string? Tenant, string? Alias), Nanos> _tenants = [];
    private readonly Dictionary<string, Nanos> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, Nanos>> _users = new(StringComparer.Ordinal);

    public void Add(in Spender spender, Nanos spent)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_tenants, (spender.Tenant, spender.Alias), out _) += spent;
        if (spender.Key is not null)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_keys, spender.Key, out _) += spent;
        }

        if (spender.User is not null)
        {
            ref var tenants = ref CollectionsMarshal.GetValueRefOrAddDefault(_users, spender.User, out _);
            tenants ??= new Dictionary<string, Nanos>(StringComparer.Ordinal);
            CollectionsMarshal.GetValueRefOrAddDefault(tenants, spender.Tenant ?? "", out _) += spent;
        }
    }

    public Nanos Of(BudgetOptions budget) =>
        budget.Key is not null ? _keys.GetValueOrDefault(budget.Key)
        : budget.User is not null ? Sum(_users.GetValueOrDefault(budget.User), tenant => budget.Tenant is null || budget.Tenant == tenant)
        : Sum(_tenants, owner => (budget.Tenant is null || budget.Tenant == owner.Tenant) && (budget.Alias is null || budget.Alias == owner.Alias));

    public void Clear()
    {
        _tenants.Clear();
        _keys.Clear();
        _users.Clear();
    }

    private static Nanos Sum<TOwner>(Dictionary<TOwner, Nanos>? spent, Func<TOwner, bool> isMeant)
        where TOwner : notnull
    {
        var sum = default(Nanos);
        foreach (var (owner, part) in spent ?? [])
        {
            if (isMeant(owner))
            {
                sum += part;
            }
        }

        return sum;
    }
}
