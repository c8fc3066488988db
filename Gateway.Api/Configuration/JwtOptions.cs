namespace Gateway.Api.Configuration;

/// <summary>Whose JSON Web Tokens are taken in place of an API key. None where no issuer is given.</summary>
public sealed record JwtOptions
{
    /// <summary>The issuers; each may be there once.</summary>
    public IReadOnlyList<JwtIssuerOptions> Issuers { get; init; } = [];
}
