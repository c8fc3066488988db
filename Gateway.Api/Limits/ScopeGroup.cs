namespace Gateway.Api.Limits;

/// <summary>
/// Scopes that one decision is about, because their state lives in one place: what a tenant's key, user and tenant have together, or a
/// model. Made once for each key and configuration.
/// </summary>
/// <param name="Place">Names the place: <c>tenant:{acme}</c>. The braces make Redis keep all of a place on one node.</param>
/// <param name="Scopes">Those that have a limit.</param>
internal sealed record ScopeGroup(string Place, Scope[] Scopes)
{
    public bool HasBudget { get; } = Array.Exists(Scopes, scope => scope.HasBudget);

    public static string TenantPlace(string tenant) => $"tenant:{{{Uri.EscapeDataString(tenant)}}}";

    public static string ModelPlace(string alias) => $"model:{{{Uri.EscapeDataString(alias)}}}";
}
