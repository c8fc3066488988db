namespace Gateway.Api.Access.Jwt;

/// <summary>Who brings a token, and until when it is good.</summary>
internal readonly record struct VerifiedClaims(
    string Subject, string Tenant, string? User, string? Tier, IReadOnlyList<string> Models, bool IsAdministrator, DateTimeOffset Until);
