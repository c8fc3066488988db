using System.Text.Json;
using Gateway.Api.Configuration;

namespace Gateway.Api.Access.Jwt;

/// <summary>Reads the claims of a token whose signature is good: whether it is meant for this gateway and this time, and who brings it.</summary>
internal static class JwtClaims
{
    private const int LongestText = 200;
    private const string DefaultTenant = "default";

    // 9999-12-31, the last day that a date can be.
    private const double LastSecond = 253402300799;

    public static JwtFault? TryRead(JsonElement claims, JwtIssuerOptions issuer, DateTimeOffset now, out VerifiedClaims verified)
    {
        verified = default;
        if (!Holds(claims, "aud", issuer.Audience))
        {
            return JwtFault.WrongAudience;
        }

        var seconds = now.ToUnixTimeMilliseconds() / 1000d;
        if (!TryGetTime(claims, "exp", out var expires) || expires is not { } end)
        {
            return JwtFault.NoExpiry;
        }

        if (seconds >= end + issuer.ClockSkewSeconds)
        {
            return JwtFault.Expired;
        }

        if (!TryGetTime(claims, "nbf", out var begins) || begins > seconds + issuer.ClockSkewSeconds)
        {
            return JwtFault.NotYetValid;
        }

        if (!TryGetText(claims, "sub", out var subject) || subject is null
            || !TryGetText(claims, issuer.TenantClaim, out var tenant)
            || !TryGetText(claims, issuer.UserClaim, out var user)
            || !TryGetText(claims, issuer.TierClaim, out var tier)
            || !TryGetModels(claims, issuer.ModelsClaim, out var models))
        {
            return JwtFault.WrongClaim;
        }

        var until = DateTimeOffset.UnixEpoch.AddSeconds(Math.Min(end + issuer.ClockSkewSeconds, LastSecond));
        verified = new VerifiedClaims(subject, tenant ?? DefaultTenant, user, tier, models, IsAdministrator(claims, issuer), until);
        return null;
    }

    private static bool IsAdministrator(JsonElement claims, JwtIssuerOptions issuer) =>
        issuer.AdminClaim is { Length: > 0 } wanted && wanted.IndexOf('=', StringComparison.Ordinal) is var at && Holds(claims, wanted[..at], wanted[(at + 1)..]);

    /// <summary>Whether a claim is this text, or a list that holds it.</summary>
    private static bool Holds(JsonElement claims, string name, string value) => claims.TryGetProperty(name, out var claim) && claim.ValueKind switch
    {
        JsonValueKind.String => claim.ValueEquals(value),
        JsonValueKind.Array => claim.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.String && item.ValueEquals(value)),
        _ => false,
    };

    /// <summary>False where the claim is there and is no time.</summary>
    private static bool TryGetTime(JsonElement claims, string name, out double? seconds)
    {
        seconds = null;
        if (!claims.TryGetProperty(name, out var claim))
        {
            return true;
        }

        if (claim.ValueKind != JsonValueKind.Number || !claim.TryGetDouble(out var value) || !(value >= 0 && double.IsFinite(value)))
        {
            return false;
        }

        seconds = value;
        return true;
    }

    /// <summary>False where the claim is there and is no short text.</summary>
    private static bool TryGetText(JsonElement claims, string name, out string? text)
    {
        text = null;
        if (name.Length == 0 || !claims.TryGetProperty(name, out var claim))
        {
            return true;
        }

        text = claim.ValueKind == JsonValueKind.String ? claim.GetString() : null;
        return text is { Length: > 0 and <= LongestText } && !text.Any(char.IsControl);
    }

    /// <summary>False where the claim is there and names no model: that must never mean all.</summary>
    private static bool TryGetModels(JsonElement claims, string name, out IReadOnlyList<string> models)
    {
        models = [];
        if (name.Length == 0 || !claims.TryGetProperty(name, out var claim))
        {
            return true;
        }

        models = claim.ValueKind switch
        {
            JsonValueKind.String => claim.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            JsonValueKind.Array when claim.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) => [.. claim.EnumerateArray().Select(item => item.GetString()!)],
            _ => [],
        };
        return models.Count > 0;
    }
}
