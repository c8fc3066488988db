using System.Security.Cryptography;
using System.Text.Json;

namespace Gateway.Api.Access.Jwt;

/// <summary>Says who brings a JSON Web Token, if it is a good one of a configured issuer.</summary>
internal sealed partial class JwtAuthentication(JwtIssuers issuers, TimeProvider time, ILogger<JwtAuthentication> logger)
{
    private const int ShownHash = 16;

    // Every token begins with a JSON object: {" in base64url.
    private const string Beginning = "eyJ";

    private readonly VerifiedTokens _verified = new();

    /// <summary>Whether tokens are taken at all.</summary>
    public bool IsOn => issuers.Current.Count > 0;

    public static bool LooksLike(ReadOnlySpan<char> secret) => secret.StartsWith(Beginning, StringComparison.Ordinal) && secret.Count('.') == 2;

    /// <summary>The caller; null, and a line in the log, where the token is not good.</summary>
    public ValueTask<Caller?> FindCallerAsync(string token, KeyHash hash, CancellationToken cancellationToken)
    {
        if (_verified.Find(hash) is not { } known)
        {
            return VerifyAsync(token, hash, cancellationToken);
        }

        if (known.Until > time.GetUtcNow() && issuers.Current.Contains(known.Issuer) && known.Issuer.Trusts(known.Key))
        {
            return new(known.Caller);
        }

        _verified.Remove(hash);
        return VerifyAsync(token, hash, cancellationToken);
    }

    private async ValueTask<Caller?> VerifyAsync(string text, KeyHash hash, CancellationToken cancellationToken)
    {
        JwtIssuer? issuer = null;
        JwtFault? fault;
        try
        {
            fault = JwtDocument.TryRead(text, out var token);
            if (fault is null)
            {
                issuer = issuers.Current.FirstOrDefault(one => JwtDocument.TextOf(token!.Claims, "iss") == one.Options.Issuer);
                (fault, var verified) = issuer is null ? (JwtFault.UnknownIssuer, null) : await VerifyAsync(token!, issuer, cancellationToken);
                if (verified is not null)
                {
                    _verified.Add(hash, verified, time.GetUtcNow());
                    return verified.Caller;
                }
            }
        }
        catch (Exception hostile) when (hostile is JsonException or InvalidOperationException or CryptographicException)
        {
            fault = JwtFault.Malformed;
        }

        LogRefused(fault!.Value, issuer?.Options.Issuer);
        return null;
    }

    private async ValueTask<(JwtFault? Fault, VerifiedToken? Token)> VerifyAsync(JwtDocument token, JwtIssuer issuer, CancellationToken cancellationToken)
    {
        if (!issuer.Takes(token.Algorithm))
        {
            return (JwtFault.AlgorithmNotAllowed, null);
        }

        var keys = (await issuer.FindKeysAsync(token, cancellationToken)).ToArray();
        if (keys.Length == 0)
        {
            return (JwtFault.UnknownKey, null);
        }

        if (Array.Find(keys, one => one.Verify(token.Algorithm, token.Signed, token.Signature)) is not { } key)
        {
            return (JwtFault.WrongSignature, null);
        }

        var now = time.GetUtcNow();
        return JwtClaims.TryRead(token.Claims, issuer.Options, now, out var claims) is { } fault
            ? (fault, null)
            : (null, new VerifiedToken(CallerOf(claims, issuer.Options.Issuer, now), claims.Until, issuer, key));
    }

    private static Caller CallerOf(in VerifiedClaims claims, string issuer, DateTimeOffset now)
    {
        if (claims.IsAdministrator)
        {
            return Caller.AdministratorWithToken(claims.Subject);
        }

        // Not told apart by the token, which is a new one every hour, but by who brings it.
        var hash = KeyHash.Of($"{issuer}\n{claims.Subject}").ToString();
        return new Caller(new ApiKey
        {
            Id = $"jwt_{hash[..ShownHash].ToLowerInvariant()}",
            Hash = hash,
            Prefix = "",
            Name = "JSON Web Token",
            Tenant = claims.Tenant,
            User = claims.User,
            Tier = claims.Tier,
            Models = claims.Models,
            CreatedAt = now,
        });
    }

    [LoggerMessage(LogLevel.Information, "A token was refused: {Fault} (issuer {Issuer}).")]
    private partial void LogRefused(JwtFault fault, string? issuer);
}
