using System.ComponentModel.DataAnnotations;

namespace Gateway.Api.Configuration;

/// <summary>An issuer of tokens: how its signatures are checked, and what its claims mean here.</summary>
public sealed record JwtIssuerOptions
{
    /// <summary>What the claim <c>iss</c> has to be, to the letter.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>What the claim <c>aud</c> has to be, or to hold.</summary>
    public string Audience { get; init; } = "";

    /// <summary>Which algorithms are taken: of <c>RS256</c>, <c>PS256</c> and <c>ES256</c> with <see cref="JwksUrl"/>, <c>HS256</c> with <see cref="Key"/>.</summary>
    public IReadOnlyList<string> Algorithms { get; init; } = [];

    /// <summary>Where the issuer's public keys are (RFC 7517): https, or http on loopback.</summary>
    public string? JwksUrl { get; init; }

    /// <summary>A reference to the key shared with the issuer, <c>env:NAME</c>, <c>secret:NAME#KEY</c> or <c>parameter:NAME</c>; its text, in UTF-8, is the key: 32 bytes or more.</summary>
    public string? Key { get; init; }

    /// <summary>How far the issuer's clock may be off. 0 to 300; 30 by default.</summary>
    [Range(0, 300)]
    public int ClockSkewSeconds { get; init; } = 30;

    /// <summary>How often the public keys are read anew. 1 to 1,440; 10 by default.</summary>
    [Range(1, 1440)]
    public int JwksRefreshMinutes { get; init; } = 10;

    /// <summary>How long public keys stay good while they cannot be read anew. 1 to 10,080; 1,440, a day, by default.</summary>
    [Range(1, 10080)]
    public int JwksMaxAgeMinutes { get; init; } = 1440;

    /// <summary>The claim that names the tenant; without it the tenant is <c>default</c>. <c>tenant</c> by default.</summary>
    public string TenantClaim { get; init; } = "tenant";

    /// <summary>The claim that names the user. <c>sub</c> by default.</summary>
    public string UserClaim { get; init; } = "sub";

    /// <summary>The claim that names the tier. <c>tier</c> by default.</summary>
    public string TierClaim { get; init; } = "tier";

    /// <summary>The claim that lists the aliases the caller may use, as a list or separated by spaces; without it all. <c>models</c> by default.</summary>
    public string ModelsClaim { get; init; } = "models";

    /// <summary><c>claim=value</c>: whose claim is that value, or holds it, administers the gateway, and calls no models. Nobody by default.</summary>
    public string? AdminClaim { get; init; }
}
