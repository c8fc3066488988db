using System.Text.Json;
using Gateway.Api.Access;
using Gateway.Api.Configuration;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Endpoints.Keys;

/// <summary>What <c>POST /admin/keys</c> takes. Only <see cref="Name"/> is required.</summary>
internal sealed record NewKey
{
    private const int LongestName = 200;
    private const decimal MostUsd = 1_000_000;

    /// <summary>What people call the key, 1 to 200 characters.</summary>
    public string? Name { get; init; }

    /// <summary>Who pays; <c>default</c> where not given.</summary>
    public string? Tenant { get; init; }

    public string? User { get; init; }

    public string? Tier { get; init; }

    /// <summary>Aliases that the key may use; none means all.</summary>
    public IReadOnlyList<string>? Models { get; init; }

    /// <summary>RFC 3339, in the future.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public KeyLimits? Limits { get; init; }

    public KeyBudget? Budget { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Metadata { get; init; }

    public Refusal? FindFault(DateTimeOffset now, IReadOnlyDictionary<string, TierOptions> tiers) => this switch
    {
        { Name: null or "" } => Refusal.MissingParameter("name"),
        { Name.Length: > LongestName } => Refusal.InvalidRequest($"'name' has {Name.Length} characters; it may have {LongestName}.", "name"),
        { Tenant: "" } => Refusal.InvalidRequest("'tenant' is empty; leave it out for the tenant 'default'.", "tenant"),
        _ when ExpiresAt <= now => Refusal.InvalidRequest($"'expires_at' is {ExpiresAt:u}, which is past.", "expires_at"),
        _ when NotPositive(Limits?.RequestsPerMinute) => OutOfRange("limits.requests_per_minute"),
        _ when NotPositive(Limits?.TokensPerMinute) => OutOfRange("limits.tokens_per_minute"),
        _ when NotPositive(Limits?.ConcurrentRequests) => OutOfRange("limits.concurrent_requests"),
        { Tier: not null } when !tiers.ContainsKey(Tier) => Refusal.InvalidRequest($"'tier' is '{Tier}'; {(tiers.Count == 0 ? "no tier is configured (Gateway:Tiers)" : $"allowed: {string.Join(", ", tiers.Keys.Order(StringComparer.Ordinal))}")}.", "tier"),
        { Budget.Usd: > MostUsd } => Refusal.InvalidRequest(FormattableString.Invariant($"'budget.usd' is {Budget.Usd}; it may be {MostUsd} at most."), "budget.usd"),
        { Budget.Usd: <= 0 } => OutOfRange("budget.usd"),
        { Budget.Period: not ("day" or "month") } => Refusal.InvalidRequest($"'budget.period' is '{Budget!.Period}'; allowed: day, month.", "budget.period"),
        _ => null,
    };

    public ApiKey ToKey(string secret, DateTimeOffset now) => new()
    {
        Id = $"key_{Guid.CreateVersion7(now):N}",
        Hash = KeyHash.Of(secret).ToString(),
        Prefix = KeySecret.Shorten(secret),
        Name = Name!,
        Tenant = Tenant ?? "default",
        User = User,
        Tier = Tier,
        Models = Models ?? [],
        Limits = Limits,
        Budget = Budget,
        Metadata = Metadata,
        CreatedAt = now,
        ExpiresAt = ExpiresAt,
    };

    private static bool NotPositive(int? limit) => limit is <= 0;

    private static Refusal OutOfRange(string name) => Refusal.InvalidRequest($"'{name}' must be greater than 0.", name);
}
