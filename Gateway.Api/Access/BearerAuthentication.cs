using System.Runtime.CompilerServices;
using Gateway.Api.Access.Jwt;
using Gateway.Api.Configuration;
using Gateway.Api.Flags;
using Gateway.Api.Pipeline;
using Gateway.Api.Secrets;

namespace Gateway.Api.Access;

/// <summary>
/// Reads <c>Authorization: Bearer …</c>, or <c>x-api-key: …</c> as Anthropic's clients send it: an API key of this gateway, the admin key, a JSON
/// Web Token, or a Bedrock API key of the caller's own.
/// </summary>
internal sealed class BearerAuthentication(KeyStore keys, JwtAuthentication jwt, LiveConfiguration configuration, FeatureFlags flags, SecretStore secrets, TimeProvider time)
{
    public const string Scheme = "Bearer";

    private const string Prefix = $"{Scheme} ";
    private const string KeyHeader = "x-api-key";

    private const int LongestHeader = 8 * 1024;

    // One answer for all that can be wrong with a token: more would help whoever forges one. The log says what it was.
    private static readonly Refusal TokenNotAccepted =
        Refusal.InvalidApiKey("The token was not accepted. Get a new one from its issuer, or ask the gateway's operator, whose log says why.");

    // The server hands out the same string for as long as a connection sends the same header, so a hash is worked out once a
    // connection. What the hash leads to is looked up each time: a key may be revoked meanwhile.
    private readonly ConditionalWeakTable<string, StrongBox<KeyHash>> _hashes = [];

    // Callers who bring a Bedrock token, by the same string: what is kept of the token is its hash.
    private readonly ConditionalWeakTable<string, Caller> _strangers = [];

    /// <summary>Done at once for all but tokens that were not seen before.</summary>
    public ValueTask<Authentication> AuthenticateAsync(HttpRequest request)
    {
        var header = HeaderOf(request);
        if (header.Length == 0)
        {
            return Refused(Refusal.InvalidApiKey("You didn't provide an API key. Send it in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY)."));
        }

        if (header.Length > LongestHeader)
        {
            return Refused(TokenNotAccepted);
        }

        var hash = HashOf(header);
        var known = keys.FindCaller(hash) ?? (IsAdminKey(hash) ? Caller.Administrator : null);
        if (known is null && jwt.IsOn && JwtAuthentication.LooksLike(SecretIn(header)))
        {
            return WithTokenAsync(SecretIn(header).ToString(), hash, request.HttpContext.RequestAborted);
        }

        var caller = known ?? StrangerOf(header, hash);
        return caller is { BringsBedrockToken: true } ? AdmitStrangerAsync(caller, header) : new(new Authentication(caller, RefusalOf(caller, header)));
    }

    private async ValueTask<Authentication> AdmitStrangerAsync(Caller stranger, string header) =>
        await flags.IsOnAsync(GatewayFlags.BedrockPassThrough, stranger.Key!) ? new(stranger, Refusal: null) : new(Caller: null, RefusalOf(caller: null, header));

    private async ValueTask<Authentication> WithTokenAsync(string token, KeyHash hash, CancellationToken cancellationToken) =>
        await jwt.FindCallerAsync(token, hash, cancellationToken) is { } caller ? new(caller, Refusal: null) : new(Caller: null, TokenNotAccepted);

    private static ValueTask<Authentication> Refused(Refusal refusal) => new(new Authentication(Caller: null, refusal));

    private Refusal? RefusalOf(Caller? caller, string header) => caller switch
    {
        null when BedrockToken.LooksLike(SecretIn(header)) => Refusal.InvalidApiKey("This gateway takes no Bedrock API keys (they are switched off). Ask its operator for a key."),
        null when !keys.IsLoaded => Refusal.KeysNotRead(),
        null => Refusal.InvalidApiKey($"Incorrect API key provided: {KeySecret.Shorten(SecretIn(header).ToString())}. Ask the gateway's operator for a key."),
        { Key: { } key, BringsBedrockToken: false } => RefusalOf(key, time.GetUtcNow(), caller.SecretEndsAt),
        _ => null,
    };

    /// <summary>Why a key is no longer good, or null where it is.</summary>
    public static Refusal? RefusalOf(ApiKey key, DateTimeOffset now, DateTimeOffset? secretEndsAt = null) => key.StatusAt(now) switch
    {
        KeyStatus.Active when secretEndsAt <= now => Refusal.InvalidApiKey("This API key was replaced by a new one. Ask the gateway's operator for it."),
        KeyStatus.Disabled => Refusal.InvalidApiKey("This API key is disabled. Ask the gateway's operator."),
        KeyStatus.Revoked => Refusal.InvalidApiKey("This API key was revoked. Ask the gateway's operator for a new one."),
        KeyStatus.Expired => Refusal.InvalidApiKey($"This API key expired at {key.ExpiresAt:u}. Ask the gateway's operator for a new one."),
        _ => null,
    };

    private KeyHash HashOf(string header)
    {
        // Of other headers the server makes a new string each time.
        if (!IsBearer(header))
        {
            return KeyHash.Of(SecretIn(header));
        }

        if (_hashes.TryGetValue(header, out var known))
        {
            return known.Value;
        }

        var hash = KeyHash.Of(SecretIn(header));
        _hashes.AddOrUpdate(header, new StrongBox<KeyHash>(hash));
        return hash;
    }

    /// <summary>The token that a request carries, for whoever passes it on at once and keeps it nowhere.</summary>
    public static string TokenOf(HttpRequest request) => SecretIn(HeaderOf(request)).ToString();

    private Caller? StrangerOf(string header, KeyHash hash)
    {
        if (!configuration.Current.Access.BedrockPassThrough || !BedrockToken.LooksLike(SecretIn(header)))
        {
            return null;
        }

        if (!_strangers.TryGetValue(header, out var caller))
        {
            caller = Caller.WithBedrockToken(BedrockToken.IdentityOf(hash, time.GetUtcNow()));
            _strangers.AddOrUpdate(header, caller);
        }

        return caller;
    }

    // Empty where neither header brings a key.
    private static string HeaderOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return IsBearer(header) ? header : request.Headers[KeyHeader].ToString();
    }

    private static bool IsBearer(string header) => header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> SecretIn(string header) => (IsBearer(header) ? header.AsSpan(Prefix.Length) : header).Trim();

    private bool IsAdminKey(KeyHash hash) =>
        secrets.Find(configuration.Current.Access.AdminKey)?.Value is { } adminKey && KeyHash.Of(adminKey).Equals(hash);
}
