namespace Gateway.Api.Limits;

/// <summary>Somebody or something with a budget.</summary>
/// <param name="Kind">As <see cref="Budget.Scope"/>.</param>
/// <param name="Owner">As <see cref="Budget.Owner"/>.</param>
/// <param name="Name">As people know it.</param>
/// <param name="Tenant">Null for a model.</param>
/// <param name="Tier">Of its holder.</param>
internal sealed record BudgetHolder(PlacedScope Placed, string Kind, string Owner, string Name, string? Tenant, string? Tier)
{
    /// <summary>A key whose requests count; null for a tenant and a model.</summary>
    public string? Key { get; init; }
}
