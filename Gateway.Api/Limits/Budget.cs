namespace Gateway.Api.Limits;

/// <summary>What somebody may spend in a day or a month, and how much of it is spent and held, in nano-dollars.</summary>
/// <param name="Scope"><c>key</c>, <c>user</c>, <c>tenant</c> or <c>model</c>.</param>
/// <param name="Owner">The key's or user's id, the tenant's or alias's name.</param>
/// <param name="Name">As people know it.</param>
/// <param name="Tenant">Null for a model.</param>
/// <param name="Tier">Of its holder.</param>
internal sealed record Budget(string Scope, string Owner, string Name, string? Tenant, string? Tier, bool IsMonth, long Limit, long Spent, long Held)
{
    public const string OfKey = "key";
    public const string OfUser = "user";
    public const string OfTenant = "tenant";
    public const string OfModel = "model";

    public double Share => (double)(Spent + Held) / Limit;
}
