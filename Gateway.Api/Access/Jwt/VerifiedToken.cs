namespace Gateway.Api.Access.Jwt;

/// <summary>A token that was verified once, and what that rests on.</summary>
internal sealed record VerifiedToken(Caller Caller, DateTimeOffset Until, JwtIssuer Issuer, SigningKey Key);
