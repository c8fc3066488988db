namespace Gateway.Api.Access;

/// <summary>The SHA-256 of a secret that a rotation has replaced.</summary>
internal sealed record RetiredHash(string Hash, DateTimeOffset ValidUntil);
