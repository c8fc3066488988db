using System.Text.Json;
using System.Text.Json.Serialization;
using Gateway.Api.Access;

namespace Gateway.Api.Endpoints.Keys;

/// <summary>An API key as the admin API shows it.</summary>
internal sealed record ShownKey(
    string Id, string Name, string Prefix, string Tenant, string? User, string? Tier, IReadOnlyList<string> Models, KeyLimits? Limits, KeyBudget? Budget,
    IReadOnlyDictionary<string, JsonElement>? Metadata, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, KeyStatus Status)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "api_key";

    /// <summary>The key itself; only in the reply that made it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    public static ShownKey Of(ApiKey key, DateTimeOffset now) => new(
        key.Id, key.Name, key.Prefix, key.Tenant, key.User, key.Tier, key.Models, key.Limits, key.Budget,
        key.Metadata, key.CreatedAt, key.ExpiresAt, key.RevokedAt, key.StatusAt(now));
}
