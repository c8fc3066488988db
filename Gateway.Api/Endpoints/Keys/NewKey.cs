using System.Text.Json;
using Gateway.Api.Access;
using Gateway.Api.Configuration;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Endpoints.Keys;

/// <summary>What <c>POST /admin/keys</c> takes, and what <c>PATCH</c> makes of a key. Only <see cref="Name"/> is required.</summary>
internal sealed record NewKey
{
    private const int LongestText = 200;
    private const int MostModels = 1000;
    private const int LongestMetadata = 16 * 1024;
    private const int LargestLimit = 1_000_000_000;

    /// <summary>What people call the key, 1 to 200 characters.</summary>
    public string? Name { get; init; }

    /// <summary>Who is asked about the key; no rule looks at it. To 200 characters.</summary>
    public string? Owner { get; init; }

    /// <summary>Who pays; <c>default</c> where not given. To 200 characters; for good.</summary>
    public string? Tenant { get; init; }

    /// <summary>To 200 characters.</summary>
    public string? User { get; init; }

    /// <summary>To 200 characters.</summary>
    public string? Tier { get; init; }

    /// <summary>Aliases that the key may use; none means all.</summary>
    public IReadOnlyList<string>? Models { get; init; }

    /// <summary>MCP servers of the registry, or single tools of them as <c>server/tool</c>, that the gateway may call for the key; none means all.</summary>
    public IReadOnlyList<string>? Tools { get; init; }

    /// <summary>RFC 3339, in the future.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public KeyLimits? Limits { get; init; }

    public KeyBudget? Budget { get; init; }

    /// <summary>Anything, to 16 KiB of JSON.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Metadata { get; init; }

    /// <summary>Whether the key is refused until it is enabled again.</summary>
    public bool? Disabled { get; init; }

    public static NewKey Of(ApiKey key) => new()
    {
        Name = key.Name,
        Owner = key.Owner,
        Tenant = key.Tenant,
        User = key.User,
        Tier = key.Tier,
        Models = key.Models,
        Tools = key.Tools,
        ExpiresAt = key.ExpiresAt,
        Limits = key.Limits,
        Budget = key.Budget,
        Metadata = key.Metadata,
        Disabled = key.DisabledAt is not null,
    };

    public Refusal? FindFault(DateTimeOffset now) => this switch
    {
        { Name: null or "" } => Refusal.MissingParameter("name"),
        { Name.Length: > LongestText } => TooLong("name", Name.Length),
        { Owner.Length: > LongestText } => TooLong("owner", Owner.Length),
        { Tenant: "" } => Refusal.InvalidRequest("'tenant' is empty; leave it out for the tenant 'default'.", "tenant"),
        { Tenant.Length: > LongestText } => TooLong("tenant", Tenant.Length),
        { User.Length: > LongestText } => TooLong("user", User.Length),
        { Tenant: { } tenant } when tenant.Any(char.IsControl) => HasControls("tenant"),
        { User: { } user } when user.Any(char.IsControl) => HasControls("user"),
        { Tier.Length: > LongestText } => TooLong("tier", Tier.Length),
        { Models.Count: > MostModels } => Refusal.InvalidRequest($"'models' names {Models.Count} models; it may name {MostModels}.", "models"),
        _ when Models?.Any(string.IsNullOrEmpty) == true => Refusal.InvalidRequest("'models' holds an empty name.", "models"),
        { Tools.Count: > MostModels } => Refusal.InvalidRequest($"'tools' names {Tools.Count} tools; it may name {MostModels}.", "tools"),
        _ when Tools?.Any(string.IsNullOrEmpty) == true => Refusal.InvalidRequest("'tools' holds an empty name.", "tools"),
        _ when ExpiresAt <= now => Refusal.InvalidRequest($"'expires_at' is {ExpiresAt:u}, which is past.", "expires_at"),
        _ when OutOfRange(Limits?.RequestsPerMinute) => OutOfRange("limits.requests_per_minute"),
        _ when OutOfRange(Limits?.RequestsPerDay) => OutOfRange("limits.requests_per_day"),
        _ when OutOfRange(Limits?.TokensPerMinute) => OutOfRange("limits.tokens_per_minute"),
        _ when OutOfRange(Limits?.ConcurrentRequests) => OutOfRange("limits.concurrent_requests"),
        { Budget.Usd: <= 0 or > LargestLimit } => OutOfRange("budget.usd"),
        { Budget.Period: not ("day" or "month") } => Refusal.InvalidRequest($"'budget.period' is '{Budget!.Period}'; allowed: day, month.", "budget.period"),
        _ when Metadata?.Sum(pair => pair.Key.Length + pair.Value.GetRawText().Length) > LongestMetadata =>
            Refusal.InvalidRequest($"'metadata' is longer than {LongestMetadata} characters.", "metadata"),
        _ => null,
    };

    public Refusal? FindTierFault(GatewayOptions options) =>
        Tier is null || options.Tiers.ContainsKey(Tier) ? null
        : options.Tiers.Count == 0 ? Refusal.InvalidRequest($"'tier' is '{Tier}'; no tier is configured (Gateway:Tiers).", "tier")
        : Refusal.InvalidRequest($"'tier' is '{Tier}'; allowed: {string.Join(", ", options.Tiers.Keys.Order(StringComparer.Ordinal))}.", "tier");

    public ApiKey ToKey(string secret, DateTimeOffset now) => ApplyTo(
        new ApiKey
        {
            Id = $"key_{Guid.CreateVersion7(now):N}",
            Hash = KeyHash.Of(secret).ToString(),
            Prefix = KeySecret.Shorten(secret),
            Name = Name!,
            Tenant = Tenant ?? "default",
            CreatedAt = now,
        },
        now);

    /// <summary>The key as this says; its tenant stays.</summary>
    public ApiKey ApplyTo(ApiKey key, DateTimeOffset now) => key with
    {
        Name = Name!,
        Owner = Owner,
        User = User,
        Tier = Tier,
        Models = Models ?? [],
        Tools = Tools ?? [],
        ExpiresAt = ExpiresAt,
        Limits = Limits,
        Budget = Budget,
        Metadata = Metadata,
        DisabledAt = Disabled == true ? key.DisabledAt ?? now : null,
    };

    private static bool OutOfRange(int? limit) => limit is <= 0 or > LargestLimit;

    private static Refusal OutOfRange(string name) => Refusal.InvalidRequest($"'{name}' must be greater than 0 and at most {LargestLimit}.", name);

    // As of a token's claims: these names go into reports, mails and other systems' lines.
    private static Refusal HasControls(string name) => Refusal.InvalidRequest($"'{name}' holds a control character, such as a line break.", name);

    private static Refusal TooLong(string name, int length) => Refusal.InvalidRequest($"'{name}' has {length} characters; it may have {LongestText}.", name);
}
