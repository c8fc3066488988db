using ServiceDefaults.Usage;

namespace Cost.Worker.Ledger;

/// <summary>What requests have in common that are summed up together.</summary>
internal readonly record struct UsageGroup(
    string? Tenant, string? Key, string? User, string? Alias, string? Model, string? Provider, string? Variant, bool Batch, UsageStatus Status)
{
    public static UsageGroup Of(UsageEvent one) => new(one.Tenant, one.Key, one.User, one.Alias, one.Model, one.Provider, one.Variant, one.Batch, one.Status);
}
