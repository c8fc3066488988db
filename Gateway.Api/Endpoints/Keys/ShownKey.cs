using System.Text.Json;
using System.Text.Json.Serialization;
using Gateway.Api.Access;

namespace Gateway.Api.Endpoints.Keys;

/// <summary>An API key as the admin API shows it.</summary>
internal sealed record ShownKey(
    string Id, string Name, string Prefix, string? Owner, string Tenant, string? User, string? Tier, IReadOnlyList<string> Models, IReadOnlyList<string> Tools, KeyLimits? Limits, KeyBudget? Budget,
    IReadOnlyDictionary<string, JsonElement>? Metadata, bool Disabled, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RotatedAt, DateTimeOffset? RevokedAt,
    KeyStatus Status) : IListed
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "api_key";

    /// <summary>Until when the secret before the last rotation is good; null where it is not.</summary>
    public DateTimeOffset? PreviousKeyExpiresAt { get; init; }

    /// <summary>The key itself; only in the reply that made it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    public static ShownKey Of(ApiKey key, DateTimeOffset now) => new(
        key.Id, key.Name, key.Prefix, key.Owner, key.Tenant, key.User, key.Tier, key.Models, key.Tools, key.Limits, key.Budget,
        key.Metadata, key.DisabledAt is not null, key.CreatedAt, key.ExpiresAt, key.RotatedAt, key.RevokedAt, key.StatusAt(now))
    {
        PreviousKeyExpiresAt = key.Retired.Count > 0 && key.Retired[^1].ValidUntil is var end && end > now ? end : null,
    };
}
