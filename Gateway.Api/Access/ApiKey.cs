using System.Text.Json;

namespace Gateway.Api.Access;

/// <summary>What the gateway keeps of an API key: everything but the key itself, of which only the SHA-256 is stored.</summary>
/// <remarks>Whatever is added has to do without a value: keys that an earlier version kept lack it, and are read as null there.</remarks>
internal sealed record ApiKey
{
    private const int MostRetired = 5;
    private const string DefaultTenant = "default";

    public required string Id { get; init; }

    /// <summary>SHA-256 of the key, in hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>The first characters of the key, by which its owner recognises it.</summary>
    public required string Prefix { get; init; }

    /// <summary>Hashes that were the key's before it was rotated, and are good until their time is over.</summary>
    public IReadOnlyList<RetiredHash> Retired { get; init => field = value ?? []; } = [];

    /// <summary>Goes up by one with each change, so that of two changes at once neither undoes the other.</summary>
    public long Version { get; init; }

    public required string Name { get; init; }

    /// <summary>Who is asked about the key; no rule looks at it.</summary>
    public string? Owner { get; init; }

    public string Tenant { get; init => field = value ?? DefaultTenant; } = DefaultTenant;

    public string? User { get; init; }

    public string? Tier { get; init; }

    /// <summary>Aliases that the key may use; empty means all.</summary>
    public IReadOnlyList<string> Models { get; init => field = value ?? []; } = [];

    /// <summary>MCP servers, or single tools of them as <c>server/tool</c>, that the gateway may call for the key; empty means all.</summary>
    public IReadOnlyList<string> Tools { get; init => field = value ?? []; } = [];

    public KeyLimits? Limits { get; init; }

    public KeyBudget? Budget { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Metadata { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RotatedAt { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public bool MayUse(string alias) => MayUseAll || Models.Contains(alias, StringComparer.Ordinal);

    public bool MayCall(string server, string tool) => Tools.Count == 0 || Tools.Contains(server, StringComparer.Ordinal) || Tools.Contains($"{server}/{tool}", StringComparer.Ordinal);

    /// <summary>Whether it is bound to no alias, which what is passed through takes: that may call any model of the provider's.</summary>
    public bool MayUseAll => Models.Count == 0;

    public KeyStatus StatusAt(DateTimeOffset now) =>
        RevokedAt is not null ? KeyStatus.Revoked
        : ExpiresAt <= now ? KeyStatus.Expired
        : DisabledAt is not null ? KeyStatus.Disabled
        : KeyStatus.Active;

    /// <summary>The key with a new secret. The one before stays good for <paramref name="overlap"/>.</summary>
    public ApiKey Rotate(string secret, TimeSpan overlap, DateTimeOffset now)
    {
        var retired = Retired.Append(new RetiredHash(Hash, now + overlap)).Where(hash => hash.ValidUntil > now);
        return this with { Hash = KeyHash.Of(secret).ToString(), Prefix = KeySecret.Shorten(secret), RotatedAt = now, Retired = [.. retired.TakeLast(MostRetired)] };
    }
}
